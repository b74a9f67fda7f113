package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's own client and the lab, end to end. */
class ClientAgainstLabTest {
    private static final String SCRIPT = "# asrdoctor script 1\n'hi'\n";
    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());
    private static final Duration AMPLE = Duration.ofSeconds(30);

    /** Insists on the one command line and answers with its input. */
    private static final CommandRunner RUNNER = (line, stdin) -> {
        assertThat(line).isEqualTo(PowerShellCommand.LINE);
        return new ScriptResult(("got " + new String(stdin, UTF_8)).getBytes(UTF_8), "warned".getBytes(UTF_8), 7);
    };

    @TempDir
    private Path folder;

    @Test
    void runsAScriptSealedOverHttpAndLeavesNoShell() throws Exception {
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host(), RUNNER)) {
            dev.asrdoctor.remoting.Output output = run(ntlm(endpoint), Given.PASSWORD, SCRIPT);

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("got " + SCRIPT);
            assertThat(new String(output.stderr(), UTF_8)).isEqualTo("warned");
            assertThat(output.exitCode()).isEqualTo(7);
            assertThat(endpoint.openShells()).isZero();
            assertThat(endpoint.logonFailures()).isZero();
            assertThat(endpoint.operations())
                    .containsEntry(Operation.CONNECT, 1L)
                    .containsEntry(Operation.RECEIVE, 1L);
        }
    }

    @Test
    void runsAScriptOverTlsWithBasicAndWithNtlm() throws Exception {
        Path authority = folder.resolve("authority.pem");
        CERTIFICATES.writeAuthority(authority);
        EndpointSettings settings = Given.host()
                .with(LogonRules.WITH_BASIC)
                .with(Listening.https(CERTIFICATES, CertificateProfile.TRUSTED));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, RUNNER)) {
            for (dev.asrdoctor.remoting.Endpoint.Scheme scheme : List.of(
                    dev.asrdoctor.remoting.Endpoint.Scheme.NTLM, dev.asrdoctor.remoting.Endpoint.Scheme.BASIC)) {
                dev.asrdoctor.remoting.Endpoint target = new dev.asrdoctor.remoting.Endpoint(
                        "127.0.0.1", endpoint.port(), true, "/wsman", scheme, false, List.of(), authority, true);

                assertThat(run(target, Given.PASSWORD, SCRIPT).exitCode()).isEqualTo(7);
            }
            assertThat(endpoint.openShells()).isZero();
        }
    }

    @Test
    void bindsItsNtlmLogonToTheTlsConnection() throws Exception {
        LogonRules strict = new LogonRules(Set.of(Scheme.NEGOTIATE), false, LogonRules.ChannelBindings.STRICT);
        EndpointSettings settings =
                Given.host().with(strict).with(Listening.https(CERTIFICATES, CertificateProfile.SELF_SIGNED));
        String fingerprint = CERTIFICATES.fingerprint(CertificateProfile.SELF_SIGNED, Loopback.FIRST);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, RUNNER)) {
            assertThat(run(tls(endpoint, List.of(fingerprint)), Given.PASSWORD, SCRIPT)
                            .exitCode())
                    .isEqualTo(7);
            assertThat(endpoint.logonFailures()).isZero();
        }
    }

    @Test
    void acceptsAPinnedCertificateAndShowsTheFingerprintOfAStrangeOne() throws Exception {
        EndpointSettings settings = Given.host().with(Listening.https(CERTIFICATES, CertificateProfile.SELF_SIGNED));
        String fingerprint = CERTIFICATES.fingerprint(CertificateProfile.SELF_SIGNED, Loopback.FIRST);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, RUNNER)) {
            assertThat(run(tls(endpoint, List.of(fingerprint)), Given.PASSWORD, SCRIPT)
                            .exitCode())
                    .isEqualTo(7);

            RemotingFailure failure = failure(tls(endpoint, List.of()), Given.PASSWORD);

            assertThat(failure).isInstanceOf(RemotingFailure.TlsUntrusted.class);
            assertThat(failure.message() + failure.advice()).contains(fingerprint);
        }
    }

    @Test
    void presentsAWrongPasswordExactlyOnce() throws Exception {
        Accounts accounts = Accounts.of(Account.local(Given.USER, Given.PASSWORD));
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), accounts);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(settings, RUNNER)) {
            RemotingFailure failure = failure(ntlm(endpoint), "wrong");

            assertThat(failure).isInstanceOf(RemotingFailure.LogonFailed.class);
            assertThat(accounts.failures(Given.USER)).isEqualTo(1);
        }
    }

    @Test
    void carriesLargeScriptsAndLargeOutputInManyPieces() throws Exception {
        String large = "# " + "x".repeat(400_000) + "\n";
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(Given.host().with(Output.DEFAULT.inPieces(999, 50_000)), RUNNER)) {
            dev.asrdoctor.remoting.Output output = run(ntlm(endpoint), Given.PASSWORD, large);

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("got " + large);
        }
    }

    @Test
    void tellsEveryPlannedTroubleApart() throws Exception {
        assertThat(failureWith(new WireFault.QuotaExhausted(false))).isInstanceOf(RemotingFailure.QuotaExceeded.class);
        assertThat(failureWith(new WireFault.QuotaExhausted(true))).isInstanceOf(RemotingFailure.QuotaExceeded.class);
        assertThat(failureWith(new WireFault.ShellVanishes())).isInstanceOf(RemotingFailure.ShellGone.class);
        assertThat(failureWith(new WireFault.Fault(5))).isInstanceOf(RemotingFailure.AccessDenied.class);
        assertThat(failureWith(new WireFault.HttpStatus(404))).isInstanceOf(RemotingFailure.EndpointNotFound.class);
        assertThat(failureWith(new WireFault.HttpStatus(503))).isInstanceOf(RemotingFailure.ServiceUnavailable.class);
        assertThat(failureWith(new WireFault.RefuseConnection())).isInstanceOf(RemotingFailure.ConnectionRefused.class);
        assertThat(failureWith(new WireFault.LogonRefused())).isInstanceOf(RemotingFailure.LogonFailed.class);
        assertThat(failureWith(new WireFault.OfferedSchemes(Set.of(Scheme.KERBEROS))))
                .isInstanceOf(RemotingFailure.SchemeNotOffered.class);
        assertThat(failureWith(new WireFault.HugeOutput(50_000_000)))
                .isInstanceOf(RemotingFailure.OutputTooLarge.class);
    }

    private static RemotingFailure failureWith(WireFault fault) throws Exception {
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(Given.host().with(FaultPlan.of(When.always(), fault)), RUNNER)) {
            RemotingFailure failure = failure(ntlm(endpoint), Given.PASSWORD);
            assertThat(endpoint.openShells()).isZero();
            return failure;
        }
    }

    /** Each answer of a sealed conversation in turn, cut at places all over it. */
    @Test
    void neverTakesACutConversationForAWholeOne() throws Exception {
        int requests = 8;
        for (int request = 1; request <= requests; request++) {
            for (int bytes = 0; bytes < 1700; bytes += 41) {
                FaultPlan plan = FaultPlan.of(When.request(request), new WireFault.Cut(bytes));
                try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(plan), RUNNER)) {
                    assertWholeOrFailed(endpoint, "request " + request + " cut after " + bytes);
                }
            }
        }
    }

    private static void assertWholeOrFailed(WinRmEndpoint endpoint, String when) throws InterruptedException {
        try {
            assertThat(new String(run(ntlm(endpoint), Given.PASSWORD, SCRIPT).stdout(), UTF_8))
                    .as(when)
                    .isEqualTo("got " + SCRIPT);
        } catch (RemotingException e) {
            assertThat(e.failure()).as(when).isInstanceOf(RemotingFailure.ConnectionCut.class);
        }
        // Only a shell whose name never arrived may be left, until it has been idle for long enough.
        boolean nameUnknown = !endpoint.operations().containsKey(Operation.COMMAND);
        if (!nameUnknown) {
            assertThat(endpoint.openShells()).as(when).isZero();
        }
    }

    private static dev.asrdoctor.remoting.Endpoint ntlm(WinRmEndpoint endpoint) {
        return new dev.asrdoctor.remoting.Endpoint(
                "127.0.0.1",
                endpoint.port(),
                false,
                "/wsman",
                dev.asrdoctor.remoting.Endpoint.Scheme.NTLM,
                false,
                List.of(),
                null,
                true);
    }

    private static dev.asrdoctor.remoting.Endpoint tls(WinRmEndpoint endpoint, List<String> fingerprints) {
        return new dev.asrdoctor.remoting.Endpoint(
                "127.0.0.1",
                endpoint.port(),
                true,
                "/wsman",
                dev.asrdoctor.remoting.Endpoint.Scheme.NTLM,
                false,
                fingerprints,
                null,
                true);
    }

    private static RemotingFailure failure(dev.asrdoctor.remoting.Endpoint target, String password) {
        return catchThrowableOfType(RemotingException.class, () -> run(target, password, SCRIPT))
                .failure();
    }

    private static dev.asrdoctor.remoting.Output run(
            dev.asrdoctor.remoting.Endpoint target, String password, String script)
            throws RemotingException, InterruptedException {
        WsmanRemoting remoting = new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()));
        Logon logon = Logon.unlimited(Identity.of(Given.USER, password.toCharArray()));
        Deadline deadline = Deadline.after(AMPLE);
        try (Session session = remoting.open(target, logon, deadline)) {
            return session.run(script, deadline);
        }
    }
}
