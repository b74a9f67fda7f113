package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.gss.KerberosService;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import dev.asrdoctor.testing.InJvmKdc;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's client, the lab and a KDC in one JVM. */
class KerberosTest {
    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final String PASSWORD = "Secret 1";
    private static final String SCRIPT = "# " + "x".repeat(100_000) + "\n";
    private static final CommandRunner RUNNER =
            (line, stdin) -> new ScriptResult(("got " + stdin.length).getBytes(UTF_8), "warned".getBytes(UTF_8), 7);

    @TempDir
    private Path folder;

    @AutoClose
    private InJvmKdc kdc;

    private final WsmanRemoting remoting =
            new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()));

    @BeforeEach
    void startKdc() throws Exception {
        kdc = InJvmKdc.start(folder);
        kdc.user("asr-reader", PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "HTTP", "WSMAN"})
    void runsAScriptSealedOverHttpToAnyOfTheServiceNames(String prefix) throws Exception {
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, prefix + "/ps01.contoso.local"), false)) {
            assertRuns(endpoint, kerberos(prefix), password(PASSWORD));
        }
    }

    @Test
    void namesTheServiceWithoutTheDotThatEndsAWholeName() throws Exception {
        Access access =
                Access.DEFAULT.with(new KerberosSettings("host", "ps01.contoso.local.", kdc.realm(), kdc.addresses()));
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            assertRuns(endpoint, access, password(PASSWORD));
        }
    }

    @Test
    void takesTheServersRealmFromTheAccountWhereTheInventoryNamesOnlyItsDomainControllers() throws Exception {
        Access access = Access.DEFAULT.with(new KerberosSettings("host", "ps01.contoso.local", null, kdc.addresses()));
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            assertRuns(endpoint, access, Identity.of("asr-reader@" + kdc.realm(), PASSWORD.toCharArray()));
        }
    }

    @Test
    void takesTheServersRealmFromTheAccountWhereNothingElseTellsIt() throws Exception {
        Access access = Access.DEFAULT.with(new KerberosSettings("host", "ps01.contoso.local", null, List.of()));
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            // Makes the domain controller known to Java, as krb5.conf or DNS would.
            assertRuns(endpoint, kerberos("host"), password(PASSWORD));
            assertRuns(endpoint, access, Identity.of("asr-reader@" + kdc.realm(), PASSWORD.toCharArray()));
        }
    }

    @Test
    void logsOnWithAKeytab() throws Exception {
        Identity identity = Identity.of("asr-reader", new char[0], new Proof.Keytab(kdc.keytab("asr-reader")));
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            assertRuns(endpoint, kerberos("host"), identity);
        }
    }

    @Test
    void bindsItsLogonToTheTlsConnection() throws Exception {
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.STRICT, "host/ps01.contoso.local"), true)) {
            dev.asrdoctor.remoting.Endpoint plain = target(endpoint, kerberos("host"));
            assertRuns(
                    endpoint,
                    new dev.asrdoctor.remoting.Endpoint(
                            plain.host(),
                            plain.port(),
                            true,
                            plain.path(),
                            Scheme.KERBEROS,
                            false,
                            List.of(),
                            null,
                            false,
                            plain.access()),
                    password(PASSWORD));
        }
    }

    @Test
    void speaksTheSchemeKerberosWhereNegotiateIsOff() throws Exception {
        LogonRules rules = new LogonRules(
                        Set.of(dev.asrdoctor.lab.wsman.Scheme.KERBEROS), false, LogonRules.ChannelBindings.RELAXED)
                .with(KerberosService.of(kdc.keytab("host/ps01.contoso.local")));
        try (WinRmEndpoint endpoint = start(rules, false)) {
            assertRuns(endpoint, kerberos("host"), password(PASSWORD));
        }
    }

    @Test
    void presentsAWrongPasswordToTheDomainOnceForAllServers() throws Exception {
        try (WinRmEndpoint one = start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false);
                WinRmEndpoint other =
                        start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps02.contoso.local"), false)) {
            List<String> verdicts = new ArrayList<>();
            Logon logon = recording(password("Secret 2"), verdicts);

            assertThat(failure(target(one, kerberos("host")), logon))
                    .isInstanceOfSatisfying(KerberosFailed.class, failed -> {
                        assertThat(failed.trouble()).isEqualTo(KerberosTrouble.WRONG_PASSWORD);
                        assertThat(failed.repeated()).isFalse();
                    });
            assertThat(failure(target(other, kerberos("host").withFallbacks(List.of(Scheme.NTLM))), logon))
                    .isInstanceOfSatisfying(KerberosFailed.class, failed -> {
                        assertThat(failed.repeated()).isTrue();
                        assertThat(failed.message()).contains("not tried again");
                    });
            assertThat(verdicts).containsExactly("refused", "abandoned");
            assertThat(one.logonFailures() + other.logonFailures()).isZero();
        }
    }

    @Test
    void namesWhatTheDomainDoesNotKnow() throws Exception {
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            RemotingFailure stranger = failure(
                    target(endpoint, kerberos("host")), Logon.unlimited(Identity.of("nobody", PASSWORD.toCharArray())));
            RemotingFailure service = failure(target(endpoint, kerberos("WSMAN")), Logon.unlimited(password(PASSWORD)));

            assertThat(stranger)
                    .isInstanceOfSatisfying(
                            KerberosFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(KerberosTrouble.CLIENT_UNKNOWN));
            assertThat(service).isInstanceOfSatisfying(KerberosFailed.class, failed -> {
                assertThat(failed.trouble()).isEqualTo(KerberosTrouble.SERVICE_UNKNOWN);
                assertThat(failed.message()).contains("WSMAN/ps01.contoso.local");
            });
        }
    }

    @Test
    void saysThatNoDomainControllerAnswers() throws Exception {
        try (WinRmEndpoint endpoint =
                start(rules(LogonRules.ChannelBindings.RELAXED, "host/ps01.contoso.local"), false)) {
            kdc.close();
            RemotingFailure failure = failure(target(endpoint, kerberos("host")), Logon.unlimited(password(PASSWORD)));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            KerberosFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(KerberosTrouble.KDC_UNREACHABLE));
        }
    }

    @Test
    void fallsBackToNtlmOnlyWhereTheInventoryAllowsIt() throws Exception {
        try (WinRmEndpoint endpoint = start(LogonRules.DEFAULT, false)) {
            Identity local = Identity.of(Given.USER, Given.PASSWORD.toCharArray());
            assertThat(failure(target(endpoint, kerberos("host")), Logon.unlimited(local)))
                    .isInstanceOf(KerberosFailed.class);

            assertRuns(endpoint, kerberos("host").withFallbacks(List.of(Scheme.NTLM)), local);
        }
    }

    @Test
    void saysOfEachSchemeWhyItDidNotWork() throws Exception {
        try (WinRmEndpoint endpoint = start(LogonRules.DEFAULT, false)) {
            List<String> verdicts = new ArrayList<>();
            RemotingFailure failure = failure(
                    target(endpoint, kerberos("host").withFallbacks(List.of(Scheme.NTLM))),
                    recording(Identity.of(Given.USER, "wrong".toCharArray()), verdicts));

            assertThat(failure).isInstanceOf(NoSchemeWorked.class);
            assertThat(failure.message())
                    .contains("(Kerberos)", "(NTLM)", "does not know the account", "refuses the logon");
            assertThat(verdicts).containsExactly("refused");
        }
    }

    private LogonRules rules(LogonRules.ChannelBindings bindings, String principal) throws Exception {
        return new LogonRules(Set.of(dev.asrdoctor.lab.wsman.Scheme.NEGOTIATE), false, bindings)
                .with(KerberosService.of(kdc.keytab(principal)));
    }

    private static WinRmEndpoint start(LogonRules rules, boolean tls) throws Exception {
        EndpointSettings settings = Given.host().with(rules);
        return WinRmEndpoint.start(
                tls ? settings.with(Listening.https(CERTIFICATES, CertificateProfile.SELF_SIGNED)) : settings, RUNNER);
    }

    private Access kerberos(String prefix) {
        return Access.DEFAULT.with(new KerberosSettings(prefix, "ps01.contoso.local", kdc.realm(), kdc.addresses()));
    }

    private static Identity password(String password) {
        return Identity.of("asr-reader", password.toCharArray());
    }

    private static dev.asrdoctor.remoting.Endpoint target(WinRmEndpoint endpoint, Access access) {
        return new dev.asrdoctor.remoting.Endpoint(
                "127.0.0.1", endpoint.port(), false, "/wsman", Scheme.KERBEROS, false, List.of(), null, false, access);
    }

    private static Logon recording(Identity identity, List<String> verdicts) {
        return new Logon() {
            @Override
            public Identity begin() {
                return identity;
            }

            @Override
            public void accepted() {
                verdicts.add("accepted");
            }

            @Override
            public void refused() {
                verdicts.add("refused");
            }

            @Override
            public void abandoned() {
                verdicts.add("abandoned");
            }
        };
    }

    private RemotingFailure failure(dev.asrdoctor.remoting.Endpoint target, Logon logon) {
        RemotingException thrown = catchThrowableOfType(
                RemotingException.class, () -> remoting.open(target, logon, Deadline.after(AMPLE)));
        assertThat(thrown.failure().message()).doesNotContain("\n", "null");
        assertThat(thrown.failure().advice()).endsWith(".");
        return thrown.failure();
    }

    private void assertRuns(WinRmEndpoint endpoint, Access access, Identity identity) throws Exception {
        assertRuns(endpoint, target(endpoint, access), identity);
    }

    private void assertRuns(WinRmEndpoint endpoint, dev.asrdoctor.remoting.Endpoint target, Identity identity)
            throws Exception {
        try (Session session = remoting.open(target, Logon.unlimited(identity), Deadline.after(AMPLE))) {
            for (int i = 0; i < 2; i++) {
                dev.asrdoctor.remoting.Output output = session.run(SCRIPT, Deadline.after(AMPLE));
                assertThat(new String(output.stdout(), UTF_8)).isEqualTo("got " + SCRIPT.length());
                assertThat(output.exitCode()).isEqualTo(7);
            }
        }
        assertThat(endpoint.openShells()).isZero();
        assertThat(endpoint.logonFailures()).isZero();
    }
}
