package dev.asrdoctor.remedy;

/**
 * How one step ended.
 *
 * @param reason in words; for a verified step what was read
 */
public record StepResult(Step step, Verdict verdict, String reason) {

    public enum Verdict {
        /** The service was read as running afterwards. */
        VERIFIED,
        FAILED,
        /** It ran and fell again while it was watched. */
        STOPPED_AGAIN,
        /** Nobody can tell, because the connection broke; it is not repeated blindly. */
        UNKNOWN
    }
}
