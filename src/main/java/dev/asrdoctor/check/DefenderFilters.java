package dev.asrdoctor.check;

import dev.asrdoctor.facts.AntivirusFacts;
import java.util.List;
import org.apache.commons.lang3.Strings;

/** Whether Windows Defender filters files, so that its exclusions mean anything (docs/facts.md, "Antivirus exclusions"). */
enum DefenderFilters {
    YES,
    NO,
    UNKNOWN;

    static final String DRIVER = "WdFilter";

    /** Its words where it leaves real-time protection to another scanner. */
    private static final List<String> STANDS_BACK = List.of("passive", "block mode", "blocked");

    private static final String NOT_RUNNING = "not running";

    /** @param others whether another scanner is known there */
    static DefenderFilters of(AntivirusFacts antivirus, boolean others) {
        if (standsBack(antivirus) || Boolean.FALSE.equals(antivirus.realTime()) || hasWord(antivirus, NOT_RUNNING)) {
            return NO;
        }
        if (Boolean.TRUE.equals(antivirus.realTime())) {
            return YES;
        }
        List<String> drivers = antivirus.drivers();
        if (drivers == null) {
            return UNKNOWN;
        }
        if (drivers.stream().noneMatch(DRIVER::equalsIgnoreCase)) {
            return antivirus.defender() ? UNKNOWN : NO;
        }
        // It is loaded and not switched off; that may as well mean that it stands back for another.
        return others || antivirus.scanners() == null ? UNKNOWN : YES;
    }

    static boolean standsBack(AntivirusFacts antivirus) {
        return STANDS_BACK.stream().anyMatch(word -> hasWord(antivirus, word));
    }

    private static boolean hasWord(AntivirusFacts antivirus, String word) {
        return antivirus.mode() != null && Strings.CI.contains(antivirus.mode(), word);
    }
}
