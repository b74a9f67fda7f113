package dev.asrdoctor.policy;

/** Whether a remedy may act. In the policy: {@code never}, {@code what-if}, {@code apply}. */
public enum RemedyMode {
    NEVER,
    /** It is planned and, with --apply, rehearsed on the server: what it would do is told, and nothing is changed. */
    WHAT_IF,
    APPLY
}
