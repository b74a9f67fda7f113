package dev.asrdoctor.lab.wsman;

import org.jspecify.annotations.Nullable;

/** What authentication makes of a request. */
sealed interface Admission {

    /** This is the whole answer: a challenge, a refusal, or the end of a logon without payload. */
    record Answered(HttpAnswer answer) implements Admission {}

    /**
     * The request counts.
     *
     * @param sealed the answer is to be sealed as well
     * @param header line that ends a logon and goes with the answer, null for none
     */
    record Admitted(
            String owner,
            byte[] payload,
            boolean sealed,
            @Nullable String header) implements Admission {
        Admitted(String owner, byte[] payload, boolean sealed) {
            this(owner, payload, sealed, null);
        }
    }
}
