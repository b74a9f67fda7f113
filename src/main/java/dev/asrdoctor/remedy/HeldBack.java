package dev.asrdoctor.remedy;

/**
 * A service that is down and is left alone.
 *
 * @param guard the guard rail that holds it back, a stable word such as {@code disabled}
 * @param reason in words, with what a person should do
 */
public record HeldBack(String service, String guard, String reason) {}
