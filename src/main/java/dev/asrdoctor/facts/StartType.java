package dev.asrdoctor.facts;

/**
 * How a Windows service is started, from the registry values Start and DelayedAutostart (docs/facts.md, "Start types").
 * JSON: the name in lower case with hyphens.
 */
public enum StartType {
    BOOT,
    SYSTEM,
    AUTOMATIC,
    AUTOMATIC_DELAYED,
    MANUAL,
    DISABLED;

    /** As services.msc writes it. */
    public String shown() {
        return switch (this) {
            case BOOT -> "Boot";
            case SYSTEM -> "System";
            case AUTOMATIC -> "Automatic";
            case AUTOMATIC_DELAYED -> "Automatic (Delayed Start)";
            case MANUAL -> "Manual";
            case DISABLED -> "Disabled";
        };
    }
}
