package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.testing.InJvmKdc;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.kerby.kerberos.kerb.KrbErrorCode;
import org.apache.kerby.kerberos.kerb.type.KerberosTime;
import org.apache.kerby.kerberos.kerb.type.base.KrbError;
import org.apache.kerby.kerberos.kerb.type.base.NameType;
import org.apache.kerby.kerberos.kerb.type.base.PrincipalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a domain controller or a server objects to, in errors that Apache Kerby encodes. */
class KerberosTroubleTest {
    private static final String PASSWORD = "Secret 1";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1  | ACCOUNT_BLOCKED      | Get-ADUser",
                "6  | CLIENT_UNKNOWN       | user@REALM",
                "7  | SERVICE_UNKNOWN      | setspn -L",
                "12 | POLICY               | Log On To",
                "14 | NO_COMMON_ENCRYPTION | msDS-SupportedEncryptionTypes",
                "18 | ACCOUNT_BLOCKED      | Get-ADUser",
                "23 | PASSWORD_EXPIRED     | Change the password",
                "24 | WRONG_PASSWORD       | Correct the password",
                "32 | TICKET_EXPIRED       | kinit",
                "37 | CLOCK_SKEW           | w32tm /resync",
                "41 | WRONG_KEY            | setspn -Q",
                "60 | GENERIC              | Kerberos-Key-Distribution-Center",
            })
    void tellsWhatTheDomainControllerAnswers(int code, KerberosTrouble trouble, String advice) throws Exception {
        try (Peer kdc = domainController(code);
                Peer server = Peer.saying(refusal(""))) {
            Access access = Access.DEFAULT.with(new KerberosSettings(
                    "host",
                    "ps01.contoso.local",
                    "CODE" + code + "-" + kdc.port() + ".TEST",
                    List.of("127.0.0.1:" + kdc.port())));
            RemotingFailure failure = failure(server, access);

            assertThat(kdc.connections).hasPositiveValue();
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            KerberosFailed.class,
                            failed -> assertThat(failed.trouble())
                                    .as(failed.message())
                                    .isEqualTo(trouble));
            assertThat(failure.message()).contains("asr-reader", trouble.words());
            assertThat(failure.advice()).contains(advice);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "31 | WRONG_KEY      | setspn -X",
                "32 | TICKET_EXPIRED | kinit",
                "37 | CLOCK_SKEW     | w32tm /resync",
                "41 | WRONG_KEY      | setspn -X",
            })
    void tellsWhatTheServerAnswersToATicket(int code, KerberosTrouble trouble, String advice) throws Exception {
        RemotingFailure failure = ofServer(refusal(' ' + token(code)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        KerberosFailed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(trouble));
        assertThat(failure.message()).contains("host/ps01.contoso.local", trouble.words(), "error " + code);
        assertThat(failure.advice()).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    void saysHowFarTheClocksAreApartByTheServersDate(int ahead) throws Exception {
        RemotingFailure failure = ofServer(refusal(' ' + token(37), "Date: " + date(ahead)));

        assertThat(failure).isInstanceOfSatisfying(KerberosFailed.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(KerberosTrouble.CLOCK_SKEW);
            assertThat(failed.clockSkew().orElseThrow())
                    .isBetween(Duration.ofSeconds(ahead - 60), Duration.ofSeconds(ahead + 60));
        });
        assertThat(failure.advice()).contains(ahead < 0 ? " behind this machine's" : " ahead of this machine's");
    }

    @Test
    void saysNothingOfTheServersClockWhereItAgrees() throws Exception {
        RemotingFailure failure = ofServer(refusal(' ' + token(37), "Date: " + date(-2)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        KerberosFailed.class,
                        failed -> assertThat(failed.clockSkew()).isEmpty());
        assertThat(failure.advice()).startsWith("Set the clock that is wrong");
    }

    @ParameterizedTest(name = "token <{0}>")
    @ValueSource(strings = {"", " " + "YIIB", " TlRMTVNTUAACAAAA"})
    void namesTheLikelyCausesWhereTheServerGivesNone(String token) throws Exception {
        assertThat(ofServer(refusal(token)))
                .isInstanceOfSatisfying(
                        LogonFailed.class, failed -> assertThat(failed.scheme()).isEqualTo("Kerberos"));
    }

    @Test
    void anErrorThatIsDamagedIsARefusalLikeAnyOther() throws Exception {
        Random random = new Random(42);
        byte[] sound = Base64.getDecoder().decode(token(41));
        try (InJvmKdc kdc = InJvmKdc.start(folder)) {
            kdc.user("asr-reader", PASSWORD);
            kdc.keytab("host/ps01.contoso.local");
            for (int i = 0; i < 50; i++) {
                byte[] damaged = java.util.Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                try (Peer server = Peer.saying(refusal(' ' + Base64.getEncoder().encodeToString(damaged)))) {
                    assertThat(failure(server, access(kdc))).isInstanceOfAny(KerberosFailed.class, LogonFailed.class);
                }
            }
        }
    }

    private RemotingFailure ofServer(String answer) throws Exception {
        try (InJvmKdc kdc = InJvmKdc.start(folder);
                Peer server = Peer.saying(answer)) {
            kdc.user("asr-reader", PASSWORD);
            kdc.keytab("host/ps01.contoso.local");
            return failure(server, access(kdc));
        }
    }

    private static Access access(InJvmKdc kdc) {
        return Access.DEFAULT.with(new KerberosSettings("host", "ps01.contoso.local", kdc.realm(), kdc.addresses()));
    }

    private static RemotingFailure failure(Peer server, Access access) {
        Endpoint endpoint = new Endpoint(
                "127.0.0.1", server.port(), false, "/wsman", Scheme.KERBEROS, false, List.of(), null, false, access);
        Logon logon = Logon.unlimited(Identity.of("asr-reader", PASSWORD.toCharArray()));
        return Client.failure(
                () -> new WsmanRemoting(Client.SETTINGS).open(endpoint, logon, Deadline.after(Client.AMPLE)));
    }

    private static String date(int ahead) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(ahead).atOffset(ZoneOffset.UTC));
    }

    private static String refusal(String token, String... headers) {
        return "HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate" + token + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "Content-Length: 0\r\n\r\n";
    }

    /** Answers every request over TCP (RFC 4120 section 7.2.2) with the same error. */
    private static Peer domainController(int code) throws IOException {
        byte[] error = error(code);
        return new Peer(socket -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[in.readInt()]);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(error.length);
            out.write(error);
            out.flush();
        });
    }

    /** In the frame of RFC 4121 section 4.1. */
    private static String token(int code) throws IOException {
        byte[] start = HexFormat.of().parseHex("06092a864886f7120102020300");
        byte[] error = error(code);
        int length = start.length + error.length;
        ByteArrayOutputStream token = new ByteArrayOutputStream();
        token.write(0x60);
        if (length < 0x80) {
            token.write(length);
        } else {
            token.write(0x81);
            token.write(length);
        }
        token.write(start);
        token.write(error);
        return Base64.getEncoder().encodeToString(token.toByteArray());
    }

    private static byte[] error(int code) throws IOException {
        KrbError error = new KrbError();
        error.setStime(KerberosTime.now());
        error.setSusec(100);
        error.setErrorCode(KrbErrorCode.fromValue(code));
        error.setRealm("CONTOSO.LOCAL");
        error.setSname(new PrincipalName("krbtgt/CONTOSO.LOCAL", NameType.NT_SRV_INST));
        return error.encode();
    }
}
