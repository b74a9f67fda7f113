package dev.asrdoctor.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands that people copy, and what servers say in them. In the midst of words a command stands between backquotes, so
 * that whoever shows it can leave it whole. What would be another command when it is pasted, into PowerShell or into
 * cmd.exe, is quoted, or there is no such command.
 */
public final class Commands {
    /** PowerShell takes each of these for the end of a text in single quotes, and two of them for one (CodeGeneration). */
    private static final Pattern SINGLE_QUOTES = Pattern.compile("['\\u2018\\u2019\\u201a\\u201b]");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/\\\\-]+");
    /** Neither shell sees anything in it. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}._-]+( [\\p{L}\\p{N}._-]+)*");

    private Commands() {}

    /** A command among words. */
    public static String shown(String command) {
        return '`' + command.replace('`', '?') + '`';
    }

    /** A value in PowerShell; nothing where it holds what cannot be copied faithfully. */
    public static Optional<String> value(String text) {
        if (WORD.matcher(text).matches() && !text.startsWith("-")) {
            return Optional.of(text);
        }
        return quoted(text);
    }

    /** The same, always in single quotes. */
    public static Optional<String> quoted(String text) {
        return text.codePoints().allMatch(Commands::isCopied)
                ? Optional.of("'" + SINGLE_QUOTES.matcher(text).replaceAll("$0$0") + "'")
                : Optional.empty();
    }

    /** A list of values in PowerShell; nothing where one of them cannot be copied faithfully. */
    public static Optional<String> list(List<String> texts) {
        List<String> quoted =
                texts.stream().flatMap(text -> quoted(text).stream()).toList();
        return quoted.isEmpty() || quoted.size() < texts.size()
                ? Optional.empty()
                : Optional.of(quoted.stream().collect(Collectors.joining(",")));
    }

    /** A service in a command that may be typed into either shell; nothing where its name means something to one of them. */
    public static Optional<String> service(String name) {
        return PLAIN_NAME.matcher(name).matches() ? Optional.of('"' + name + '"') : Optional.empty();
    }

    private static boolean isCopied(int c) {
        return c != '`' && Texts.isShown(c);
    }
}
