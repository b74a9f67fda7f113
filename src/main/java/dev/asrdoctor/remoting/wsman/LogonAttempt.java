package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked.Tried;
import java.util.ArrayList;
import java.util.List;

/** One connection's logon, with one scheme after the other. Passes exactly one verdict on, the first. */
final class LogonAttempt {
    private final Logon logon;
    private final List<Tried> inVain = new ArrayList<>();
    private boolean open = true;

    LogonAttempt(Logon logon) {
        this.logon = logon;
    }

    void inVain(Scheme scheme, RemotingFailure failure) {
        inVain.add(new Tried(scheme.words(), failure));
    }

    List<Tried> inVain() {
        return inVain;
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
