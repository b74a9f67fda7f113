package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Logon;

/** Passes exactly one verdict on, the first. */
final class LogonAttempt {
    private final Logon logon;
    private boolean open = true;

    LogonAttempt(Logon logon) {
        this.logon = logon;
    }

    void accepted() {
        if (settle()) {
            logon.accepted();
        }
    }

    void refused() {
        if (settle()) {
            logon.refused();
        }
    }

    void abandoned() {
        if (settle()) {
            logon.abandoned();
        }
    }

    private boolean settle() {
        boolean first = open;
        open = false;
        return first;
    }
}
