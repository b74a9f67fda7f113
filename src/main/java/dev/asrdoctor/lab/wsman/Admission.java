package dev.asrdoctor.lab.wsman;

/** What authentication makes of a request. */
sealed interface Admission {

    /** This is the whole answer: a challenge, a refusal, or the end of a logon without payload. */
    record Answered(HttpAnswer answer) implements Admission {}

    /**
     * The request counts.
     *
     * @param sealed the answer is to be sealed as well
     */
    record Admitted(String owner, byte[] payload, boolean sealed) implements Admission {}
}
