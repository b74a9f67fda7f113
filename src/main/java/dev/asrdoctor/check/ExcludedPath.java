package dev.asrdoctor.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether an exclusion of Windows Defender covers a folder (docs/facts.md, "Antivirus exclusions"). */
final class ExcludedPath {
    private static final Map<String, String> VARIABLES = Map.of(
            "%programdata%", "c:\\programdata",
            "%allusersprofile%", "c:\\programdata",
            "%programfiles%", "c:\\program files",
            "%programfiles(x86)%", "c:\\program files (x86)",
            "%programw6432%", "c:\\program files",
            "%systemdrive%", "c:",
            "%systemroot%", "c:\\windows",
            "%windir%", "c:\\windows");

    private static final Pattern SEPARATORS = Pattern.compile("\\\\+");

    /** NTFS; see "Naming Files, Paths, and Namespaces" of the Windows documentation. */
    private static final int LONGEST_NAME = 255;

    private ExcludedPath() {}

    static boolean anyCovers(List<String> exclusions, String folder) {
        return covering(exclusions).test(folder);
    }

    /** Whether any of these covers a folder, for many folders. */
    static Predicate<String> covering(List<String> exclusions) {
        List<String[]> patterns = exclusions.stream().map(ExcludedPath::levels).toList();
        return folder -> {
            String[] path = levels(folder);
            return patterns.stream().anyMatch(pattern -> covers(pattern, path));
        };
    }

    /** By its exact path, by a folder above it, or by wildcards, of which each stands for one level. */
    static boolean covers(String exclusion, String folder) {
        return covers(levels(exclusion), levels(folder));
    }

    private static boolean covers(String[] pattern, String[] path) {
        int length =
                pattern.length > 1 && pattern[pattern.length - 1].equals("*") ? pattern.length - 1 : pattern.length;
        if (length == 0 || pattern[0].isEmpty() || length > path.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!matches(pattern[i], path[i])) {
                return false;
            }
        }
        return true;
    }

    /** No name of a file is longer than {@link #LONGEST_NAME}, so what is covers nothing and is not looked at. */
    private static boolean matches(String wildcard, String level) {
        return wildcard.equals(level)
                || (level.length() <= LONGEST_NAME
                        && wildcard.length() <= 2 * LONGEST_NAME
                        && Wildcards.matches(wildcard, level));
    }

    private static String[] levels(String path) {
        String text = path.strip().replace('/', '\\').toLowerCase(Locale.ROOT);
        int end = text.startsWith("%") ? text.indexOf('%', 1) + 1 : 0;
        String variable = VARIABLES.get(text.substring(0, end));
        if (variable != null) {
            text = variable + text.substring(end);
        }
        String[] levels = SEPARATORS.split(text);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = levels[i].strip();
        }
        return levels;
    }
}
