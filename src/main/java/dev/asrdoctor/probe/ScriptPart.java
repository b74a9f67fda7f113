package dev.asrdoctor.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A function of a script, or code between functions, without what is for whoever reads the file: comments and indentation.
 * No string goes over several lines.
 *
 * @param function its name; empty for code that runs as it is read
 */
record ScriptPart(String function, String text) {
    private static final String FUNCTION = "function ";
    private static final Pattern NAME = Pattern.compile("\\w+-Asr\\w+");

    /** Of a file in which functions begin and end at the beginning of a line. */
    static List<ScriptPart> of(String source) {
        List<ScriptPart> parts = new ArrayList<>();
        String function = "";
        List<String> lines = new ArrayList<>();
        for (String line : source.lines().toList()) {
            boolean begins = line.startsWith(FUNCTION);
            if (begins) {
                add(parts, function, lines);
                function = line.substring(FUNCTION.length(), line.indexOf(' ', FUNCTION.length()));
            }
            String code = line.strip();
            if (!code.isEmpty() && !code.startsWith("#")) {
                lines.add(code);
            }
            if (line.equals("}") && !function.isEmpty()) {
                add(parts, function, lines);
                function = "";
            }
        }
        add(parts, function, lines);
        return parts;
    }

    private static void add(List<ScriptPart> parts, String function, List<String> lines) {
        if (!lines.isEmpty()) {
            parts.add(new ScriptPart(function, String.join("\n", lines)));
            lines.clear();
        }
    }

    /** In their order, without the functions that no code comes to: a server has to parse what it is sent. */
    static List<ScriptPart> needed(List<ScriptPart> parts) {
        Map<String, ScriptPart> functions = new HashMap<>();
        Deque<ScriptPart> unread = new ArrayDeque<>();
        parts.forEach(part -> {
            if (part.function().isEmpty()) {
                unread.add(part);
            } else {
                functions.put(part.function(), part);
            }
        });
        Set<ScriptPart> needed = new HashSet<>(unread);
        while (!unread.isEmpty()) {
            NAME.matcher(unread.remove().text())
                    .results()
                    .map(MatchResult::group)
                    .filter(functions::containsKey)
                    .map(functions::get)
                    .filter(needed::add)
                    .forEach(unread::add);
        }
        return parts.stream().filter(needed::contains).toList();
    }
}
