package dev.asrdoctor.config;

/** One mistake, told as {@code FILE:LINE:COLUMN: message}. */
public record Problem(Position at, String message) {
    @Override
    public String toString() {
        return at + ": " + message;
    }
}
