package dev.asrdoctor.lab.wsman;

/** Authentication schemes an endpoint can offer. Tickets are taken where the endpoint has a keytab. */
public enum Scheme {
    NEGOTIATE("Negotiate"),
    KERBEROS("Kerberos"),
    BASIC("Basic realm=\"WSMAN\"");

    private final String challenge;

    Scheme(String challenge) {
        this.challenge = challenge;
    }

    String challenge() {
        return challenge;
    }
}
