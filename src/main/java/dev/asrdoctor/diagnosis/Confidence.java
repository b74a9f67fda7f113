package dev.asrdoctor.diagnosis;

/** How sure a cause is, from what speaks for it, what against it, and what nobody knows. */
final class Confidence {
    /** Below what is called sure. */
    private static final double NOT_SURE = 0.85;
    /** The most of what names a symptom, and of what is not told apart from something else. */
    private static final double EVEN = 0.5;

    private static final double OPEN = 0.4;
    private static final double OPEN_AND_UNDECIDED = 0.3;
    private static final double SUPPORT = 0.05;
    private static final double DOUBT = 0.25;
    private static final double UNREAD = 0.05;
    private static final double MOST = 0.98;
    private static final double LEAST = 0.2;

    private Confidence() {}

    /** From 0 to 1. */
    static double of(Candidate candidate) {
        boolean undecided = !candidate.undecided.isEmpty();
        int unsettled = candidate.unsettled.size();
        boolean symptom = candidate.cause.level() == Cause.Level.SYMPTOM;
        if (candidate.state == Candidate.State.OPEN) {
            return undecided ? OPEN_AND_UNDECIDED : OPEN;
        }
        if (symptom && unsettled > 0) {
            return OPEN_AND_UNDECIDED;
        }
        double sure = candidate.cause.sureness().confidence();
        if (candidate.proven()) {
            sure = Math.max(sure, Cause.Sureness.CERTAIN.confidence());
        }
        double confidence = Math.min(MOST, sure + SUPPORT * candidate.supportHits.size());
        if (unsettled > 0) {
            confidence = Math.max(EVEN, Math.min(NOT_SURE, confidence) - UNREAD * (unsettled - 1));
        }
        confidence = Math.max(LEAST, confidence - DOUBT * candidate.doubtHits.size());
        if (undecided) {
            confidence = Math.min(EVEN, confidence * 0.6);
        }
        return symptom ? Math.min(EVEN, confidence) : confidence;
    }
}
