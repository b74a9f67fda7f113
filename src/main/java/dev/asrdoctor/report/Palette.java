package dev.asrdoctor.report;

import dev.asrdoctor.check.Status;

/** Colours for terminals that show them; words alone carry the meaning. */
public enum Palette {
    COLOUR,
    PLAIN;

    String status(Status status, String text) {
        return switch (status) {
            case PASS -> paint("32", text);
            case WARN -> paint("33", text);
            case FAIL -> paint("1;31", text);
            case UNKNOWN -> paint("35", text);
            case SKIPPED, WAIVED -> paint("2", text);
        };
    }

    String strong(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
