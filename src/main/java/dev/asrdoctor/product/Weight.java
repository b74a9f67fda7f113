package dev.asrdoctor.product;

/** How much replication suffers when a service does not run. YAML: lower case. */
public enum Weight {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
