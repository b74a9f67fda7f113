package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.gss.KerberosService;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** pywinrm, with requests_ntlm and ntlm-auth, is the client; the lab answers. */
@Tag("contract")
class PywinrmAgainstLabTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COMMAND = "type \"größe 日本 😀.txt\" & exit /b 3";

    @TempDir
    private Path folder;

    private Path python = Path.of("");

    @BeforeEach
    void findPywinrm() {
        python = Peers.pythonWith("winrm, requests_ntlm", "python3-winrm");
    }

    @Test
    void runsACommandWithBasicOverHttps() throws Exception {
        try (LabHost host = LabHost.basicHttps()) {
            assertRuns(host, "basic", "auto", LabHost.USER);
        }
    }

    @Test
    void runsACommandWithNtlmAndSealedMessagesOverHttp() throws Exception {
        try (LabHost host = LabHost.sealedHttp()) {
            assertRuns(host, "ntlm", "always", LabHost.USER);
        }
    }

    @Test
    void runsACommandForAUserOfADomain() throws Exception {
        try (LabHost host = LabHost.sealedHttp()) {
            assertRuns(host, "ntlm", "always", LabHost.DOMAIN_USER);
        }
    }

    @Test
    void runsACommandWithNtlmBoundToHttps() throws Exception {
        try (LabHost host = LabHost.boundNtlmHttps()) {
            assertRuns(host, "ntlm", "auto", LabHost.USER);
        }
    }

    @Test
    void runsACommandWithNtlmAndSealedMessagesWithinHttps() throws Exception {
        try (LabHost host = LabHost.boundNtlmHttps()) {
            assertRuns(host, "ntlm", "always", LabHost.USER);
        }
    }

    @Test
    void isRefusedOncePerAttemptWithAWrongPasswordOverBasic() throws Exception {
        try (LabHost host = LabHost.basicHttps()) {
            assertCountsEachAttempt(host, "basic");
        }
    }

    @Test
    void isRefusedOncePerAttemptWithAWrongPasswordOverNtlm() throws Exception {
        try (LabHost host = LabHost.sealedHttp()) {
            assertCountsEachAttempt(host, "ntlm");
        }
        try (LabHost host = LabHost.boundNtlmHttps()) {
            assertCountsEachAttempt(host, "ntlm");
        }
    }

    @Test
    void runsACommandWithKerberosOverHttps() throws Exception {
        python = Peers.pythonWith("winrm, requests_kerberos", "python3-winrm, python3-requests-kerberos");
        try (MitKdc kdc = MitKdc.start(folder, "aes256-cts-hmac-sha1-96")) {
            kdc.user("asr-reader", "Secret 1");
            Map<String, String> environment = new HashMap<>(kdc.environment());
            environment.put("KRB5CCNAME", "FILE:" + kdc.ticketCache("asr-reader", "Secret 1"));
            try (LabHost host = LabHost.kerberosHttps(KerberosService.of(kdc.keytab("HTTP/ps01.contoso.local")))) {
                String job = JSON.writeValueAsString(Map.of(
                        "endpoint",
                        host.url(),
                        "transport",
                        "kerberos",
                        "encryption",
                        "never",
                        "user",
                        "asr-reader@" + kdc.realm(),
                        "password",
                        "",
                        "command",
                        COMMAND,
                        "options",
                        Map.of("kerberos_hostname_override", "ps01.contoso.local", "service", "HTTP")));
                String script =
                        Peers.project("src/test/contract/run_command.py").toString();
                ProcessBuilder builder = PeerProcess.of(folder, List.of(python.toString(), script));
                builder.environment().putAll(environment);
                PeerProcess.Ended ended = PeerProcess.run(builder, job);

                assertThat(ended.exitCode()).as(ended.said()).isZero();
                assertThat(JSON.readTree(ended.stdout()).path("stdout").asString())
                        .as(ended.said())
                        .isEqualTo(LabHost.STDOUT);
                assertThat(host.logonFailures()).isZero();
            }
        }
    }

    private void assertRuns(LabHost host, String transport, String encryption, String user) throws Exception {
        JsonNode answer = run(host, transport, encryption, user, LabHost.PASSWORD);

        assertThat(answer.path("stdout").asString()).isEqualTo(LabHost.STDOUT);
        assertThat(answer.path("stderr").asString()).isEqualTo(LabHost.STDERR);
        assertThat(answer.path("code").asInt()).isEqualTo(LabHost.EXIT_CODE);
        assertThat(host.commands()).containsExactly(COMMAND);
        assertThat(host.logonFailures()).isZero();
        assertThat(host.openShells()).isZero();
    }

    private void assertCountsEachAttempt(LabHost host, String transport) throws Exception {
        for (int attempt = 1; attempt <= 2; attempt++) {
            JsonNode answer = run(host, transport, "auto", LabHost.USER, LabHost.PASSWORD + "!");

            assertThat(answer.path("error").asString()).isEqualTo("InvalidCredentialsError");
            assertThat(host.failuresOf(LabHost.USER)).isEqualTo(attempt);
            assertThat(host.logonFailures()).isEqualTo(attempt);
        }
        assertThat(host.commands()).isEmpty();
    }

    private JsonNode run(LabHost host, String transport, String encryption, String user, String password)
            throws IOException, InterruptedException {
        String script = Peers.project("src/test/contract/run_command.py").toString();
        String job = JSON.writeValueAsString(Map.of(
                "endpoint", host.url(),
                "transport", transport,
                "encryption", encryption,
                "user", user,
                "password", password,
                "command", COMMAND));
        PeerProcess.Ended ended = PeerProcess.run(PeerProcess.of(folder, List.of(python.toString(), script)), job);
        assertThat(ended.exitCode()).as(ended.said()).isZero();
        return JSON.readTree(ended.stdout());
    }
}
