package dev.asrdoctor.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Texts with {@code *} for anything, without regard to case. */
final class Globs {
    private static final String EACH = "{each}";
    private static final String SUBJECTS = "{subjects}";

    private Globs() {}

    static boolean matches(String glob, String text) {
        return matches(glob.toLowerCase(Locale.ROOT), 0, text.toLowerCase(Locale.ROOT), 0);
    }

    private static boolean matches(String glob, int g, String text, int t) {
        int star = -1;
        int retry = t;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                retry = t;
            } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    static boolean any(List<String> globs, String text) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, text));
    }

    static List<String> bound(List<String> texts, String each, List<String> subjects) {
        return texts.stream()
                .flatMap(text -> text.equals(SUBJECTS) ? subjects.stream() : Stream.of(text.replace(EACH, each)))
                .toList();
    }
}
