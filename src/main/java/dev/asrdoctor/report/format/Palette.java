package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Tone;

/** Colours for terminals that show them; words alone carry the meaning. */
public enum Palette {
    COLOUR,
    PLAIN;

    String paint(Tone tone, String text) {
        return switch (tone) {
            case GOOD -> paint("32", text);
            case WARN -> paint("33", text);
            case BAD -> paint("1;31", text);
            case UNKNOWN -> paint("35", text);
            case STRONG -> paint("1", text);
            case FAINT -> paint("2", text);
            case PLAIN -> text;
        };
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
