package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.AccessSettings;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.InventoryWords;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Patience;
import dev.asrdoctor.remoting.PatientRemoting;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Visits many servers at once, each on a virtual thread of its own; one server's trouble is its own. */
public final class FleetRun {
    /** Long enough for every visit to delete its shell after an interrupt. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(15);

    private final Function<Connection.Transport, Remoting> transports;
    private final FleetLimits limits;
    private final Accounts accounts;
    private final RandomGenerator random;
    private final PatientRemoting.Pause pause;
    private final Redaction redaction;

    public FleetRun(Remoting remoting, Accounts accounts, FleetLimits limits, RandomGenerator random) {
        this(transport -> remoting, accounts, new Redaction(), limits, random);
    }

    /**
     * @param transports the way to a server, for each transport that the servers have
     * @param accounts for every credential that the servers use; whoever has them wipes them
     * @param redaction knows their passwords
     */
    public FleetRun(
            Function<Connection.Transport, Remoting> transports,
            Accounts accounts,
            Redaction redaction,
            FleetLimits limits,
            RandomGenerator random) {
        this(transports, accounts, redaction, limits, random, Thread::sleep);
    }

    FleetRun(
            Function<Connection.Transport, Remoting> transports,
            Accounts accounts,
            Redaction redaction,
            FleetLimits limits,
            RandomGenerator random,
            PatientRemoting.Pause pause) {
        this.transports = transports;
        this.redaction = redaction;
        this.limits = limits;
        this.random = random;
        this.pause = pause;
        this.accounts = accounts;
    }

    /**
     * Runs the task on every server.
     *
     * @param finished called once for each server as it ends, from that server's thread
     * @return the outcomes in the order of the servers. After an interrupt, when every visit was told to stop and has cleaned
     *     up on its server, those of servers that had not ended say so, and the thread's flag is set
     * @throws OutOfMemoryError when there is not enough for so many at once; every visit was told to stop then too
     */
    public <R> List<Outcome<R>> run(List<Server> servers, ServerTask<R> task, Consumer<Outcome<R>> finished) {
        accounts.visitBegins();
        Visiting<R> visiting = new Visiting<>(servers, server -> visit(server, task), finished, this::jitter);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HeapWatch heap = HeapWatch.start(servers.size(), limits.concurrency(), visiting::fail);
        try {
            for (int i = 0; i < Math.min(limits.concurrency(), servers.size()); i++) {
                threads.execute(visiting::work);
            }
            visiting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            heap.close();
            threads.shutdownNow();
            awaitCleanUp(threads);
        }
        return visiting.outcomes();
    }

    private Duration jitter() {
        long most = limits.startJitter().toNanos();
        return most == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(most));
    }

    private static void awaitCleanUp(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <R> Outcome<R> visit(Server server, ServerTask<R> task) throws InterruptedException {
        Deadline deadline = Deadline.after(limits.serverDeadline());
        InventoryWords words = server.connection().words();
        List<Wait> waits = new ArrayList<>();
        Remoting remoting = transports.apply(server.connection().transport());
        Remoting patient = new PatientRemoting(remoting, Patience.DEFAULT, random, pause, waits::add);
        try (Session session = patient.open(endpoint(server), logon(server), deadline)) {
            return new Outcome.Done<>(server, task.run(server, session, deadline), waits);
        } catch (RemotingException e) {
            return new Outcome.Failed<>(
                    server, Trouble.of(e.failure(), waits).in(words).redacted(redaction));
        } catch (AnswerException e) {
            return new Outcome.Failed<>(
                    server, Trouble.of(e.failure()).in(words).redacted(redaction));
        } catch (RuntimeException | StackOverflowError e) {
            return new Outcome.Failed<>(server, Trouble.ofOwn(e).redacted(redaction));
        }
    }

    private Logon logon(Server server) {
        if (!server.connection().transport().needsCredential()) {
            return Logon.unlimited(new Identity("", "", new char[0]));
        }
        String credential = Objects.requireNonNull(server.connection().credential());
        return accounts.gate(credential, limits.refusalsAllowed()).forServer(server.name());
    }

    static Endpoint endpoint(Server server) {
        Connection connection = server.connection();
        return new Endpoint(
                server.address(),
                server.port(),
                connection.transport().tls(),
                connection.path(),
                scheme(connection.authentication()),
                connection.allowBasicOverHttp(),
                connection.tls().fingerprints(),
                connection.tls().caFile(),
                connection.tls().verify(),
                access(connection));
    }

    private static Endpoint.Scheme scheme(Connection.Authentication authentication) {
        return switch (authentication) {
            case KERBEROS -> Endpoint.Scheme.KERBEROS;
            case NTLM -> Endpoint.Scheme.NTLM;
            case CERTIFICATE -> Endpoint.Scheme.CERTIFICATE;
            case BASIC -> Endpoint.Scheme.BASIC;
        };
    }

    private static Access access(Connection connection) {
        AccessSettings said = connection.access();
        String proxy = said.proxy();
        int colon = proxy == null ? 0 : proxy.lastIndexOf(':');
        return new Access(
                said.fallbacks().stream().map(FleetRun::scheme).toList(),
                new KerberosSettings(
                        said.spn() == null ? KerberosSettings.DEFAULT.service() : said.spn(),
                        said.serviceHost(),
                        said.realm(),
                        said.kdcs()),
                connection.tls().minimumVersion(),
                proxy == null
                        ? null
                        : new Access.Proxy(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1))));
    }
}
