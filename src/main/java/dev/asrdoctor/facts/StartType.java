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
    DISABLED
}
