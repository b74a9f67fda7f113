package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Ansible's winrm connection is the client; the lab answers. */
@Tag("contract")
class AnsibleAgainstLabTest {
    private static final int UNREACHABLE = 4;
    private static final String COMMAND = "Write-Output 'größe 日本 😀'";

    @TempDir
    private Path folder;

    private Path python = Path.of("");

    @BeforeEach
    void findAnsible() {
        python = Peers.pythonWith(
                "ansible.plugins.connection.winrm, winrm, requests_ntlm", "ansible-core, python3-winrm");
    }

    @Test
    void runsACommandWithNtlmAndSealedMessagesOverHttp() throws Exception {
        try (LabHost host = LabHost.sealedHttp()) {
            assertRuns(host, "ntlm");
        }
    }

    @Test
    void runsACommandWithBasicOverHttps() throws Exception {
        try (LabHost host = LabHost.basicHttps()) {
            assertRuns(host, "basic");
        }
    }

    @Test
    void isRefusedOnceWithAWrongPassword() throws Exception {
        try (LabHost host = LabHost.sealedHttp()) {
            PeerProcess.Ended ended = raw(host, "ntlm", LabHost.PASSWORD + "!");

            assertThat(ended.exitCode()).as(ended.said()).isEqualTo(UNREACHABLE);
            assertThat(ended.stdout() + ended.stderr()).contains("credentials were rejected by the server");
            assertThat(host.logonFailures()).isEqualTo(1);
            assertThat(host.failuresOf(LabHost.USER)).isEqualTo(1);
            assertThat(host.commands()).isEmpty();
        }
    }

    private void assertRuns(LabHost host, String transport) throws Exception {
        PeerProcess.Ended ended = raw(host, transport, LabHost.PASSWORD);

        assertThat(ended.stdout())
                .as(ended.said())
                .contains("rc=" + LabHost.EXIT_CODE)
                .contains(LabHost.STDOUT)
                .contains(LabHost.STDERR);
        assertThat(host.commands())
                .singleElement()
                .satisfies(line -> assertThat(script(line)).contains(COMMAND));
        assertThat(host.logonFailures()).isZero();
        assertThat(host.openShells()).isZero();
    }

    /** Ansible hands its script over as base64 of UTF-16. */
    private static String script(String line) {
        return new String(Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), UTF_16LE);
    }

    private PeerProcess.Ended raw(LabHost host, String transport, String password)
            throws IOException, InterruptedException {
        ProcessBuilder builder = PeerProcess.of(
                folder,
                List.of(
                        python.toString(),
                        "-m",
                        "ansible",
                        "adhoc",
                        "ps01",
                        "--inventory",
                        inventory(host, transport, password).toString(),
                        "--module-name",
                        "raw",
                        "--args",
                        "{{ command }}"));
        builder.environment()
                .putAll(Map.of(
                        "ANSIBLE_HOME",
                        folder.resolve("ansible").toString(),
                        "ANSIBLE_LOCAL_TEMP",
                        folder.resolve("ansible-tmp").toString(),
                        "ANSIBLE_CONFIG",
                        Files.writeString(folder.resolve("ansible.cfg"), "").toString(),
                        "ANSIBLE_NOCOLOR",
                        "1"));
        return PeerProcess.run(builder, "");
    }

    /** JSON is YAML; whatever stands on a command line would depend on the locale of the machine. */
    private Path inventory(LabHost host, String transport, String password) throws IOException {
        Map<String, Object> variables = Map.of(
                "ansible_host",
                "127.0.0.1",
                "ansible_port",
                host.port(),
                "ansible_connection",
                "winrm",
                "ansible_winrm_scheme",
                host.scheme(),
                "ansible_winrm_transport",
                transport,
                "ansible_winrm_server_cert_validation",
                "ignore",
                "ansible_user",
                LabHost.USER,
                "ansible_password",
                password,
                "command",
                COMMAND);
        Map<String, Object> all = Map.of("all", Map.of("hosts", Map.of("ps01", variables)));
        return Files.writeString(
                folder.resolve("inventory.yml"), JsonMapper.shared().writeValueAsString(all));
    }
}
