package dev.asrdoctor.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** NTFS; see "Naming Files, Paths, and Namespaces" of the Windows documentation. */
    private static final int LONGEST_NAME = 255;

    private ExcludedPath() {}

    static boolean anyCovers(List<String> exclusions, String folder) {
        return exclusions.stream().anyMatch(exclusion -> covers(exclusion, folder));
    }

    /** By its exact path, by a folder above it, or by wildcards, of which each stands for one level. */
    static boolean covers(String exclusion, String folder) {
        String[] pattern = levels(exclusion);
        String[] path = levels(folder);
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
        for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
            if (text.startsWith(variable.getKey())) {
                text = variable.getValue() + text.substring(variable.getKey().length());
            }
        }
        return Arrays.stream(text.split("\\\\+")).map(String::strip).toArray(String[]::new);
    }
}
