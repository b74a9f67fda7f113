package dev.asrdoctor.lab.wsman;

/** Authentication schemes an endpoint can offer. Kerberos is offered in name only: every ticket is refused. */
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
