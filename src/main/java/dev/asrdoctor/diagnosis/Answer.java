package dev.asrdoctor.diagnosis;

import java.util.List;

/**
 * What the findings say to a condition.
 *
 * @param hits the findings that fulfil it; none unless it holds
 */
record Answer(Truth truth, List<Hit> hits) {
    /** A fact that is missing speaks neither for nor against. */
    enum Truth {
        YES,
        NO,
        UNKNOWN
    }

    static final Answer NO = new Answer(Truth.NO, List.of());
    static final Answer UNKNOWN = new Answer(Truth.UNKNOWN, List.of());

    static Answer yes(List<Hit> hits) {
        return new Answer(Truth.YES, hits);
    }

    boolean holds() {
        return truth == Truth.YES;
    }

    boolean open() {
        return truth == Truth.UNKNOWN;
    }
}
