package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** masterzen/winrm, the client of Packer and Terraform, is the client; the lab answers. */
@Tag("contract")
class MasterzenAgainstLabTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COMMAND = "type \"größe 日本.txt\" & exit /b 3";

    /** Where Debian's packages of Go libraries lie. */
    private static final Path GO_PATH = Path.of("/usr/share/gocode");

    @TempDir
    private static Path folder;

    private static Path program = Path.of("");

    @BeforeAll
    static void build() throws Exception {
        Path go = Peers.program("go");
        Peers.present(
                GO_PATH.resolve("src/github.com/masterzen/winrm"),
                "masterzen/winrm (golang-github-masterzen-winrm-dev)");
        program = folder.resolve("masterzen");
        ProcessBuilder builder = PeerProcess.of(
                folder,
                List.of(
                        go.toString(),
                        "build",
                        "-o",
                        program.toString(),
                        Peers.project("src/test/contract/masterzen.go").toString()));
        // Kept between runs: building it all takes longer than everything else here.
        Path cache = Peers.project("target/go-cache");
        builder.environment()
                .putAll(Map.of(
                        "GO111MODULE",
                        "off",
                        "GOPATH",
                        GO_PATH.toString(),
                        "GOCACHE",
                        cache.toString(),
                        "GOFLAGS",
                        "-buildvcs=false"));
        Files.createDirectories(cache);
        PeerProcess.Ended ended = PeerProcess.run(builder, "");
        if (ended.exitCode() != 0) {
            Assertions.fail(ended.said());
        }
    }

    @Test
    void runsACommandWithBasicOverHttps() throws Exception {
        try (LabHost host = LabHost.basicHttps()) {
            assertRuns(host, false);
        }
    }

    @Test
    void runsACommandWithNtlmOverHttps() throws Exception {
        try (LabHost host = LabHost.ntlmHttps()) {
            assertRuns(host, true);
        }
    }

    @Test
    void isRefusedWithAWrongPassword() throws Exception {
        try (LabHost host = LabHost.basicHttps()) {
            JsonNode answer = run(host, false, LabHost.PASSWORD + "!");

            assertThat(answer.path("error").asString()).contains("401");
            assertThat(host.failuresOf(LabHost.USER)).isPositive();
            assertThat(host.commands()).isEmpty();
        }
    }

    private static void assertRuns(LabHost host, boolean ntlm) throws Exception {
        JsonNode answer = run(host, ntlm, LabHost.PASSWORD);

        assertThat(answer.has("error")).as(answer.toString()).isFalse();
        assertThat(answer.path("stdout").asString()).isEqualTo(LabHost.STDOUT);
        assertThat(answer.path("stderr").asString()).isEqualTo(LabHost.STDERR);
        assertThat(answer.path("code").asInt()).isEqualTo(LabHost.EXIT_CODE);
        assertThat(host.commands()).containsExactly(COMMAND);
        assertThat(host.openShells()).isZero();
    }

    private static JsonNode run(LabHost host, boolean ntlm, String password) throws Exception {
        String job = JSON.writeValueAsString(Map.of(
                "host",
                "127.0.0.1",
                "port",
                host.port(),
                "https",
                host.scheme().equals("https"),
                "ntlm",
                ntlm,
                "user",
                LabHost.USER,
                "password",
                password,
                "command",
                COMMAND));
        PeerProcess.Ended ended = PeerProcess.run(PeerProcess.of(folder, List.of(program.toString())), job);
        assertThat(ended.exitCode()).as(ended.said()).isZero();
        return JSON.readTree(ended.stdout());
    }
}
