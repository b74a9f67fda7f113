package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.BlockingCalls;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.CredentialDoesNotFit;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonUnclear;
import dev.asrdoctor.remoting.RemotingFailure.OutputTooLarge;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import io.cloudsoft.winrm4j.client.PayloadEncryptionMode;
import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.cloudsoft.winrm4j.client.WinRmClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client, a logon and a shell of their own for every script, since the script travels with the shell. */
final class Winrm4jSession implements Session {
    /** How long the server may hold a request. Only between two of them is a script ended, so it is short. */
    static final Duration OPERATION = Duration.ofSeconds(4);

    /** A refused logon is noticed only after this. */
    static final Duration RECEIVE = Duration.ofSeconds(15);

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final Logon logon;
    private final int outputLimit;
    private final BlockingCalls calls;
    private final Contexts contexts;
    private final SSLContext tls;

    Winrm4jSession(
            Endpoint endpoint, Logon logon, int outputLimit, BlockingCalls calls, Contexts contexts, SSLContext tls) {
        this.endpoint = endpoint;
        this.logon = logon;
        this.outputLimit = outputLimit;
        this.calls = calls;
        this.contexts = contexts;
        this.tls = tls;
    }

    @Override
    public Output run(String script, Deadline deadline) throws RemotingException, InterruptedException {
        Map<String, String> variables = ScriptVariables.of(script);
        Identity identity = logon.begin();
        Verdict verdict = new Verdict(logon);
        AtomicBoolean wanted = new AtomicBoolean(true);
        try {
            throwUnlessPassword(identity);
            return calls.until(
                    deadline,
                    Stage.SCRIPT,
                    () -> run(identity, verdict, variables, wanted),
                    // An interrupt in the middle of an answer would break the sealing, and with it the shell's
                    // deletion.
                    () -> wanted.set(false));
        } finally {
            verdict.abandonedUnlessSaid();
        }
    }

    private static void throwUnlessPassword(Identity identity) throws RemotingException {
        if (!(identity.proof() instanceof Identity.Proof.Password)) {
            throw new RemotingException(new CredentialDoesNotFit(
                    Endpoint.Scheme.NTLM.words(),
                    identity.account(),
                    identity.proof().words()));
        }
    }

    private Output run(Identity identity, Verdict verdict, Map<String, String> variables, AtomicBoolean wanted)
            throws RemotingException {
        long started = System.nanoTime();
        try (WinRmClient client = client(identity, variables, wanted);
                ShellCommand shell = shell(client, identity, verdict)) {
            LimitedWriter.Room room = new LimitedWriter.Room(outputLimit, wanted::get);
            LimitedWriter stdout = new LimitedWriter(room);
            LimitedWriter stderr = new LimitedWriter(room);
            if (!wanted.get()) {
                throw new RemotingException(
                        new DeadlineExceeded(Stage.SHELL, Duration.ofNanos(System.nanoTime() - started)));
            }
            try {
                int exitCode = shell.execute(PowerShellCommand.LINE_FROM_ENVIRONMENT, stdout, stderr);
                return new Output(
                        stdout.bytes(), stderr.bytes(), exitCode, Duration.ofNanos(System.nanoTime() - started));
            } catch (RuntimeException e) {
                throw new RemotingException(
                        room.exceeded()
                                ? new OutputTooLarge(outputLimit)
                                : Failures.of(e, Stage.SCRIPT, RECEIVE, endpoint.port()),
                        e);
            }
        } catch (RuntimeException e) {
            // What the script said is lost with the shell that could not be deleted, so it is told as a failure.
            throw new RemotingException(Failures.of(e, Stage.SHELL, RECEIVE, endpoint.port()), e);
        }
    }

    private WinRmClient client(Identity identity, Map<String, String> variables, AtomicBoolean wanted) {
        // WinRM4j keeps passwords as texts, which cannot be wiped.
        WinRmClientBuilder builder = WinRmClient.builder(url())
                .context(contexts.of(identity, endpoint.tls()))
                .credentials(
                        identity.domain().isEmpty() ? null : identity.domain(),
                        identity.user(),
                        new String(identity.password()))
                .payloadEncryptionMode(endpoint.tls() ? PayloadEncryptionMode.OFF : PayloadEncryptionMode.REQUIRED)
                .operationTimeout(OPERATION.toMillis())
                .receiveTimeout(RECEIVE.toMillis())
                .connectionTimeout(CONNECT.toMillis())
                // A Receive that is asked for again has lost what the first one brought.
                .failureRetryPolicy(WinRmClientBuilder.simpleCounterRetryPolicy(0))
                .retryReceiveAfterOperationTimeout(code -> wanted.get())
                .environment(variables);
        if (endpoint.tls()) {
            builder.sslContext(tls);
            if (!endpoint.fingerprints().isEmpty() || !endpoint.verifyCertificate()) {
                builder.hostnameVerifier((host, session) -> true);
            }
        }
        return builder.build();
    }

    private String url() {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return (endpoint.tls() ? "https://" : "http://") + host + ":" + endpoint.port() + endpoint.path();
    }

    private ShellCommand shell(WinRmClient client, Identity identity, Verdict verdict) throws RemotingException {
        try {
            ShellCommand shell = client.createShell();
            verdict.accepted();
            return shell;
        } catch (RuntimeException e) {
            RemotingFailure failure = refusal(e, identity);
            if (failure instanceof LogonFailed || failure instanceof LogonUnclear) {
                verdict.refused();
            }
            throw new RemotingException(failure, e);
        }
    }

    private RemotingFailure refusal(RuntimeException e, Identity identity) {
        if (Failures.saysRefused(e)) {
            return new LogonFailed(identity.account(), "NTLM by WinRM4j", endpoint.tls(), Optional.empty());
        }
        if (!endpoint.tls() && Failures.timedOut(e)) {
            return new LogonUnclear(identity.account(), "no answer within " + RECEIVE.toSeconds() + " s");
        }
        if (!endpoint.tls() && Failures.saysUnencrypted(e)) {
            return new LogonUnclear(identity.account(), "an answer that is not encrypted");
        }
        return Failures.of(e, Stage.SHELL, RECEIVE, endpoint.port());
    }

    @Override
    public void close() {}

    /** Says once how the logon went. */
    private static final class Verdict {
        private final AtomicReference<@Nullable Logon> open;

        Verdict(Logon logon) {
            open = new AtomicReference<>(logon);
        }

        void accepted() {
            Logon logon = open.getAndSet(null);
            if (logon != null) {
                logon.accepted();
            }
        }

        void refused() {
            Logon logon = open.getAndSet(null);
            if (logon != null) {
                logon.refused();
            }
        }

        void abandonedUnlessSaid() {
            Logon logon = open.getAndSet(null);
            if (logon != null) {
                logon.abandoned();
            }
        }
    }
}
