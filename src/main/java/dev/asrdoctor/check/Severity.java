package dev.asrdoctor.check;

/** How much replication suffers while the finding stands. JSON: lower case. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
