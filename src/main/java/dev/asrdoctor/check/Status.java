package dev.asrdoctor.check;

/** A finding's verdict. Unknown is not healthy: a check without its facts says UNKNOWN, never PASS. */
public enum Status {
    PASS,
    WARN,
    FAIL,
    UNKNOWN,
    SKIPPED,
    WAIVED
}
