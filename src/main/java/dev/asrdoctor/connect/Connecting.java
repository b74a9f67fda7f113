package dev.asrdoctor.connect;

import dev.asrdoctor.inventory.Credential;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.PasswordException;
import dev.asrdoctor.inventory.Passwords;
import dev.asrdoctor.inventory.ProcessText;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.ShellReader;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import dev.asrdoctor.remoting.wsman.WsmanSurveyor;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Ways to servers, as this machine has them: transports, and passwords that are fetched before the first server is
 * contacted.
 *
 * @param environment variables of the process
 * @param prompter asks somebody for a password
 * @param redaction is told every password
 * @param accounts keeps what was fetched; whoever has them wipes them
 */
public record Connecting(
        Map<String, String> environment,
        InstantSource clock,
        RandomGenerator random,
        Passwords.Prompter prompter,
        Redaction redaction,
        Accounts accounts) {
    private static final int MOST_NAMED = 5;

    /** Many times what a script answers, and little enough for hundreds of servers that talk nonsense at once. */
    private static final int OUTPUT_LIMIT = 2 * 1024 * 1024;

    /**
     * @param refusalsAllowed so many servers in a row may refuse a credential before it is not presented any more
     * @throws NoWayException where a transport is missing, or a server has no credential
     */
    public Connector connector(Inventory inventory, List<Server> servers, int refusalsAllowed)
            throws NoWayException, PasswordException, InterruptedException {
        return new Connector(
                new Transports(environment, clock, random).of(servers, OUTPUT_LIMIT)::get,
                accounts(inventory, servers),
                redaction,
                refusalsAllowed,
                random);
    }

    /** Every password that is not known yet is fetched. */
    public Accounts accounts(Inventory inventory, List<Server> servers)
            throws NoWayException, PasswordException, InterruptedException {
        List<String> without = servers.stream()
                .filter(server -> server.connection().transport().needsCredential()
                        && server.connection().credential() == null)
                .map(Server::name)
                .toList();
        if (!without.isEmpty()) {
            throw new NoWayException("no credential is set for "
                    + Words.first(without, MOST_NAMED)
                    + (inventory.ansible() == null
                            ? ": set 'credential' for them, their group or the whole inventory"
                            : ": set ansible_user (and ansible_password) for them or their group"));
        }
        Passwords passwords = new Passwords(
                environment,
                prompter,
                ProcessText.ofThisProcess(),
                inventory.credentials().values());
        for (Server server : servers) {
            if (!server.connection().transport().needsCredential()) {
                continue;
            }
            String name = Objects.requireNonNull(server.connection().credential());
            if (accounts.known(name).isEmpty()) {
                Credential credential =
                        Objects.requireNonNull(inventory.credentials().get(name));
                char[] password = passwords.fetch(credential);
                redaction.add(credential.user(), password);
                accounts.keep(name, Identity.of(credential.user(), password, proof(credential)));
            }
        }
        return accounts;
    }

    /**
     * @param known for every credential that the servers use
     * @param patience for one server
     */
    public ConnectionDoctor doctor(Accounts known, Duration patience) {
        WsmanSettings settings = WsmanSettings.defaults(random, clock);
        return new ConnectionDoctor(
                new WsmanSurveyor(settings, WsmanSurveyor.USUAL_PORTS),
                new WsmanRemoting(settings),
                new ShellReader(random),
                known,
                redaction,
                patience);
    }

    private static Identity.Proof proof(Credential credential) {
        return switch (credential.proof()) {
            case Credential.Password ignored -> new Identity.Proof.Password();
            case Credential.Keytab keytab -> new Identity.Proof.Keytab(keytab.path());
            case Credential.TicketCache cache -> new Identity.Proof.TicketCache(cache.path());
            case Credential.ClientCertificate certificate -> new Identity.Proof.ClientCertificate(certificate.path());
        };
    }
}
