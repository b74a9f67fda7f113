package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product is the client; tickets, logon, seal and channel binding are judged by MIT Kerberos. */
@Tag("contract")
class ClientAgainstMitKerberosTest {
    private static final String AES = "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96";
    private static final String HOST = "ps01.contoso.local";

    @TempDir
    private Path folder;

    private final WsmanRemoting remoting =
            new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "aes256-cts-hmac-sha1-96, 60",
        "aes128-cts-hmac-sha1-96, 60",
        "aes256-cts-hmac-sha384-192, 72",
        "aes128-cts-hmac-sha256-128, 64",
    })
    void sealsMessagesWithEveryAesAsWinRmFramesThem(String encryption, String header) throws Exception {
        try (MitKdc kdc = kdc(encryption);
                PythonAcceptor host = acceptor(kdc, "host/" + HOST)) {
            run(host, kdc, password("Secret 1"), "host", false);

            assertThat(host.journal("accepted")).containsExactly("asr-reader@" + kdc.realm());
            assertThat(host.journal("delegated")).containsExactly("False");
            assertThat(host.journal("header")).isNotEmpty().containsOnly(header);
        }
    }

    @Test
    void logsOnWithKeytabAndTicketCache() throws Exception {
        try (MitKdc kdc = kdc(AES);
                PythonAcceptor host = acceptor(kdc, "HTTP/" + HOST)) {
            Proof keytab = new Proof.Keytab(kdc.keytab("asr-reader"));
            Proof cache = new Proof.TicketCache(kdc.ticketCache("asr-reader", "Secret 1"));
            run(host, kdc, Identity.of("asr-reader", new char[0], keytab), "HTTP", false);
            run(host, kdc, Identity.of("", new char[0], cache), "HTTP", false);

            assertThat(host.journal("accepted")).hasSize(2).containsOnly("asr-reader@" + kdc.realm());
            assertThat(host.journal("target")).containsOnly("HTTP/" + HOST + "@" + kdc.realm());
        }
    }

    @Test
    void bindsItsLogonToTheTlsConnectionAsMitExpects() throws Exception {
        String pem = TlsPem.write(folder).toString();
        try (MitKdc kdc = kdc(AES);
                PythonAcceptor host = acceptor(kdc, "host/" + HOST, pem);
                PythonAcceptor other = acceptor(kdc, "host/" + HOST, pem, "00".repeat(32))) {
            run(host, kdc, password("Secret 1"), "host", true);
            RemotingException refused = catchThrowableOfType(
                    RemotingException.class, () -> run(other, kdc, password("Secret 1"), "host", true));

            assertThat(host.journal("bound")).containsExactly("True");
            assertThat(refused.failure()).isInstanceOf(LogonFailed.class);
            assertThat(refused.failure().advice()).contains("CbtHardeningLevel");
            assertThat(other.journal("refused")).singleElement().asString().containsIgnoringCase("channel bindings");
            assertThat(other.journal("accepted")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "addprinc -pw other asr-reader2              | CLIENT_UNKNOWN   | nobody",
                "modprinc -allow_tix asr-reader              | ACCOUNT_BLOCKED  | asr-reader",
                "modprinc -expire yesterday asr-reader       | ACCOUNT_BLOCKED  | asr-reader",
                "modprinc -pwexpire yesterday asr-reader     | PASSWORD_EXPIRED | asr-reader",
                "cpw -pw other asr-reader                    | WRONG_PASSWORD   | asr-reader",
                "delprinc -force host/ps01.contoso.local     | SERVICE_UNKNOWN  | asr-reader",
            })
    void tellsWhatTheDomainObjectsTo(String change, KerberosTrouble trouble, String user) throws Exception {
        try (MitKdc kdc = kdc(AES);
                PythonAcceptor host = acceptor(kdc, "host/" + HOST)) {
            kdc.admin(change);
            RemotingException refused = catchThrowableOfType(
                    RemotingException.class,
                    () -> run(host, kdc, Identity.of(user, "Secret 1".toCharArray()), "host", false));

            assertThat(refused.failure())
                    .isInstanceOfSatisfying(
                            KerberosFailed.class,
                            failed -> assertThat(failed.trouble())
                                    .as(failed.message() + kdcLog(kdc))
                                    .isEqualTo(trouble));
            assertThat(host.journal("accepted")).isEmpty();
        }
    }

    /** MIT's GSS-API says no more than no to a ticket that it cannot read, so the client names what may be the cause. */
    @Test
    void saysThatTheServerDoesNotTakeATicketForOtherKeys() throws Exception {
        try (MitKdc kdc = kdc(AES);
                PythonAcceptor host = acceptor(kdc, "host/" + HOST)) {
            run(host, kdc, password("Secret 1"), "host", false);
            kdc.admin("cpw -randkey host/" + HOST);
            RemotingException refused = catchThrowableOfType(
                    RemotingException.class,
                    () -> new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()))
                            .open(
                                    endpoint(host, kdc, "host", false),
                                    Logon.unlimited(password("Secret 1")),
                                    Deadline.after(Duration.ofSeconds(60))));

            assertThat(refused.failure())
                    .isInstanceOfSatisfying(
                            LogonFailed.class,
                            failed -> assertThat(failed.scheme()).isEqualTo("Kerberos"));
            assertThat(refused.failure().advice()).contains("duplicate SPN", "setspn -X");
            assertThat(host.journal("accepted")).hasSize(1);
            assertThat(host.journal("refused")).singleElement().asString().contains("key");
        }
    }

    private static String kdcLog(MitKdc kdc) {
        try {
            return "\n" + kdc.log();
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private MitKdc kdc(String encryption) throws Exception {
        MitKdc kdc = MitKdc.start(folder, encryption);
        kdc.user("asr-reader", "Secret 1");
        return kdc;
    }

    private PythonAcceptor acceptor(MitKdc kdc, String principal, String... arguments) throws Exception {
        Path python = Peers.pythonWith("gssapi", "python3-gssapi");
        Map<String, String> environment = new HashMap<>(kdc.environment());
        environment.put("KRB5_KTNAME", "FILE:" + kdc.keytab(principal));
        return new PythonAcceptor(python, folder, "kerberos_acceptor.py", List.of(arguments), environment);
    }

    private static Identity password(String password) {
        return Identity.of("asr-reader", password.toCharArray());
    }

    private void run(PythonAcceptor host, MitKdc kdc, Identity identity, String prefix, boolean tls) throws Exception {
        Endpoint endpoint = endpoint(host, kdc, prefix, tls);
        Deadline ample = Deadline.after(Duration.ofSeconds(60));
        String script = "# " + "0123456789abcdef".repeat(10_000) + "\n";
        try (Session session = remoting.open(endpoint, Logon.unlimited(identity), ample)) {
            for (int i = 0; i < 2; i++) {
                Output output = session.run(script, ample);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(US_ASCII));
                assertThat(new String(output.stdout(), UTF_8))
                        .isEqualTo(HexFormat.of().formatHex(digest));
                assertThat(output.exitCode()).isEqualTo(7);
            }
        }
    }

    private static Endpoint endpoint(PythonAcceptor host, MitKdc kdc, String prefix, boolean tls) {
        return new Endpoint(
                "127.0.0.1",
                host.port(),
                tls,
                "/wsman",
                Endpoint.Scheme.KERBEROS,
                false,
                List.of(),
                null,
                false,
                Access.DEFAULT.with(new KerberosSettings(prefix, HOST, kdc.realm(), kdc.addresses())));
    }
}
