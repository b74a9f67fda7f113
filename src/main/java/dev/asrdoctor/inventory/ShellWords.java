package dev.asrdoctor.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a line as a POSIX shell does, which is how Ansible reads hosts in its INI form. */
final class ShellWords {
    private ShellWords() {}

    /** Nothing when a quotation mark is not closed or a backslash ends the line; # begins a comment. */
    static Optional<List<String>> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
            boolean escapes = c == '\\' && (quote == 0 || (quote == '"' && (next == '"' || next == '\\')));
            if (escapes) {
                if (next == 0) {
                    return Optional.empty();
                }
                word.append(next);
                inWord = true;
                i++;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '#') {
                break;
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return quote != 0 || words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
