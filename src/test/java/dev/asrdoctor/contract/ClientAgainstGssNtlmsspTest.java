package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product is the client; the logon and the seal are judged by gss-ntlmssp. */
@Tag("contract")
class ClientAgainstGssNtlmsspTest {
    /** The peer wants a domain exactly as it stands here, and takes a password up to its first colon. */
    private static final List<String> USERS = List.of(
            "CONTOSO:asr-reader:Secret 1",
            "Contoso:mixed:Secret 1",
            ":local-admin:Secret 2",
            "CONTOSO:müller:Пароль 日本 😀 ä%",
            "CONTOSO:Ωμέγα:ß");

    @TempDir
    private Path folder;

    @AutoClose
    private GssNtlmsspHost host;

    @BeforeEach
    void start() throws Exception {
        host = GssNtlmsspHost.start(folder, USERS);
    }

    @Test
    void sendsAScriptOfHundredsOfKilobytesWhole() throws Exception {
        String script = "# " + "0123456789abcdef".repeat(30_000) + "\n";
        try (Session session = open("CONTOSO\\asr-reader", "Secret 1")) {
            assertAnswersFor(script, session);
        }

        assertThat(host.journal("accepted")).containsExactly("CONTOSO\\asr-reader");
        assertThat(host.journal("refused")).isEmpty();
    }

    @Test
    void runsSeveralScriptsOnOneLogon() throws Exception {
        List<String> scripts = List.of("'one'\n", "# " + "x".repeat(100_000), "", "'four'");
        try (Session session = open("CONTOSO\\asr-reader", "Secret 1")) {
            for (String script : scripts) {
                assertAnswersFor(script, session);
            }
        }

        assertThat(host.journal("accepted")).hasSize(1);
        assertThat(Collections.frequency(host.journal("action"), "Command")).isEqualTo(scripts.size());
        assertThat(Collections.frequency(host.journal("action"), "Delete"))
                .isEqualTo(Collections.frequency(host.journal("action"), "Create"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONTOSO\\asr-reader | Secret 1",
                "CONTOSO\\ASR-Reader | Secret 1",
                "Contoso\\mixed | Secret 1",
                "local-admin | Secret 2",
                "CONTOSO\\müller | Пароль 日本 😀 ä%",
                "CONTOSO\\MÜLLER | Пароль 日本 😀 ä%",
                "CONTOSO\\Ωμέγα | ß",
            })
    void logsOnWithNamesAndPasswordsOfAnyScript(String account, String password) throws Exception {
        try (Session session = open(account, password)) {
            assertAnswersFor("'hi'", session);
        }

        assertThat(host.journal("accepted")).containsExactly(account);
    }

    @Test
    void presentsAWrongPasswordExactlyOnce() throws Exception {
        RemotingException refused =
                catchThrowableOfType(RemotingException.class, () -> open("CONTOSO\\asr-reader", "Secret 2"));

        assertThat(refused.failure()).isInstanceOf(LogonFailed.class);
        assertThat(host.journal("refused")).hasSize(1);
        assertThat(host.journal("accepted")).isEmpty();
        assertThat(host.journal("action")).isEmpty();
    }

    private static void assertAnswersFor(String script, Session session) throws Exception {
        Output output = session.run(script, ample());

        assertThat(new String(output.stdout(), UTF_8)).isEqualTo(sha256(script));
        assertThat(output.stderr()).isEmpty();
        assertThat(output.exitCode()).isEqualTo(7);
    }

    private Session open(String account, String password) throws RemotingException, InterruptedException {
        WsmanRemoting remoting = new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system()));
        Logon logon = Logon.unlimited(Identity.of(account, password.toCharArray()));
        return remoting.open(host.endpoint(), logon, ample());
    }

    private static Deadline ample() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        return HexFormat.of().formatHex(digest);
    }
}
