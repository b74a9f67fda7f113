package dev.asrdoctor.connect;

import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Patience;
import dev.asrdoctor.remoting.PatientRemoting;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Wait;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Opens sessions on servers of an inventory, with patience where asking again may help, and never past the log-on gate. */
public final class Connector {
    private final Function<Connection.Transport, Remoting> transports;
    private final Accounts accounts;
    private final Redaction redaction;
    private final int refusalsAllowed;
    private final RandomGenerator random;
    private final PatientRemoting.Pause pause;

    /**
     * @param transports the way to a server, for each transport that the servers have
     * @param accounts for every credential that the servers use; whoever has them wipes them
     * @param redaction knows their passwords
     * @param refusalsAllowed so many servers in a row may refuse a credential before it is not presented any more
     */
    public Connector(
            Function<Connection.Transport, Remoting> transports,
            Accounts accounts,
            Redaction redaction,
            int refusalsAllowed,
            RandomGenerator random) {
        this(transports, accounts, redaction, refusalsAllowed, random, Thread::sleep);
    }

    /** @param pause waits before something is asked again */
    public Connector(
            Function<Connection.Transport, Remoting> transports,
            Accounts accounts,
            Redaction redaction,
            int refusalsAllowed,
            RandomGenerator random,
            PatientRemoting.Pause pause) {
        this.transports = transports;
        this.accounts = accounts;
        this.redaction = redaction;
        this.refusalsAllowed = refusalsAllowed;
        this.random = random;
        this.pause = pause;
    }

    /** Servers are about to be visited, perhaps again. */
    public void visitBegins() {
        accounts.visitBegins();
    }

    /** @param waits is told each wait before something is asked again, of this session too */
    public Session open(Server server, Deadline deadline, Consumer<Wait> waits)
            throws RemotingException, InterruptedException {
        Remoting remoting = transports.apply(server.connection().transport());
        return new PatientRemoting(remoting, Patience.DEFAULT, random, pause, waits)
                .open(Endpoints.of(server), logon(server), deadline);
    }

    /** Knows what must not be told of what servers say. */
    public Redaction redaction() {
        return redaction;
    }

    private Logon logon(Server server) {
        if (!server.connection().transport().needsCredential()) {
            return Logon.unlimited(new Identity("", "", new char[0]));
        }
        String credential = Objects.requireNonNull(server.connection().credential());
        return accounts.gate(credential, refusalsAllowed).forServer(server.name());
    }
}
