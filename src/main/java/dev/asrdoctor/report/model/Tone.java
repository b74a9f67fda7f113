package dev.asrdoctor.report.model;

/** How something is meant, which a format may show by a colour; words alone carry the meaning. */
public enum Tone {
    GOOD,
    WARN,
    BAD,
    UNKNOWN,
    /** What stands out. */
    STRONG,
    /** What stands back. */
    FAINT,
    PLAIN
}
