package dev.asrdoctor.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line as cmd.exe hands it on. Windows' java.exe takes words with {@code *} or {@code ?} for files of the
 * current folder, so asrdoctor.cmd gives them in an environment variable.
 */
public final class WindowsArguments {
    private WindowsArguments() {}

    /**
     * @param variable in which the launcher has put the command line, null where it gave it in the usual way
     * @param usual what Java was given
     */
    public static String[] of(@Nullable String variable, Map<String, String> environment, String[] usual) {
        return variable == null
                ? usual
                : split(environment.getOrDefault(variable, "")).toArray(String[]::new);
    }

    /**
     * Words as Windows' own programs take them apart: blanks part words outside of double quotes, a backslash counts as
     * itself unless a double quote follows, and two double quotes within quotes are one.
     */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        int backslashes = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            if (c == '"') {
                word.repeat('\\', backslashes / 2);
                boolean escaped = backslashes % 2 == 1;
                boolean doubled = !escaped && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (escaped || doubled) {
                    word.append('"');
                    i += doubled ? 1 : 0;
                } else {
                    quoted = !quoted;
                }
                begun = true;
            } else {
                word.repeat('\\', backslashes);
                begun |= backslashes > 0;
                if ((c == ' ' || c == '\t') && !quoted) {
                    if (begun) {
                        words.add(word.toString());
                    }
                    word.setLength(0);
                    begun = false;
                } else {
                    word.append(c);
                    begun = true;
                }
            }
            backslashes = 0;
        }
        word.repeat('\\', backslashes);
        if (begun || backslashes > 0) {
            words.add(word.toString());
        }
        return words;
    }
}
