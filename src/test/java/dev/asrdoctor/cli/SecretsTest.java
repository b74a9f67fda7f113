package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.lab.Lab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password is nowhere in what any command prints or writes, wherever it was put and whoever repeats it. */
class SecretsTest {
    private static final String PASSWORD = "Gr\u00fcn \"&<\\-42";
    private static final String IN_YAML = "'" + PASSWORD + "'";

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatServersRepeatOfItReachesNoReportNoJournalAndNoFactsFile() throws Exception {
        String servers = """
                ps-service:
                  services: { svagents: { state: stopped, displayName: PW, exitCode: 1067, crashes: 1 } }
                ps-log: { machine: { registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell': { ExecutionPolicy: PW } } } }
                ps-proxy:
                  machine: { registry: { 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters': { Type: PW, NtpServer: PW } } }
                """.replace("PW", IN_YAML);
        Lab lab = Lab.start(
                "version: 1\nservers:\n" + servers.indent(2), "test", Lab.Options.NONE, PASSWORD, Clock.systemUTC());
        try (lab) {
            Path inventory = folder.resolve("lab.yaml");
            lab.writeInventory(inventory);
            Files.delete(folder.resolve("lab.yaml.ca.pem"));
            String i = inventory.toString();
            String quick = Files.writeString(
                            folder.resolve("policy.yaml"),
                            "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s }\n")
                    .toString();
            List<Ended> all = new ArrayList<>();
            all.add(run("doctor", "-i", i, "all"));
            all.add(run("doctor", "-i", i, "all", "-o", "json"));
            all.add(run("check", "-i", i, "-v", "--save-facts", file("facts")));
            all.add(run(
                    "check",
                    "-i",
                    i,
                    "-o",
                    "json=" + file("r.json"),
                    "-o",
                    "junit=" + file("r.xml"),
                    "-o",
                    "csv=" + file("r.csv")));
            all.add(run("check", "--facts", file("facts"), "-o", "json"));
            all.add(run("diagnose", "-i", i, "-o", "json"));
            all.add(run(
                    "remediate",
                    "-i",
                    i,
                    "--policy",
                    quick,
                    "--plan-out",
                    file("plan.json"),
                    "--journal",
                    file("journal")));
            all.add(run(
                    "remediate", "-i", i, "--policy", quick, "--apply", "--journal", file("journal"), "-o", "json"));
            all.add(run("journal", "--journal", file("journal")));
            assertThat(all).allSatisfy(ended -> assertThat(ended.code()).isNotEqualTo(2));
            assertThat(all.getFirst().out()).contains("[redacted]");
            assertThat(all.get(2).out()).contains("[redacted]");
            Files.delete(folder.resolve("lab.yaml.password"));
            nowhere(all);
            assertThat(Files.readString(folder.resolve("facts").resolve("ps-proxy.json")))
                    .contains("[redacted]");
        }
    }

    /** A server that repeats its whole request in a header and in its page. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503, 200})
    void whatAHostileServerRepeatsOfARequestIsNotShown(int status) throws Exception {
        try (ServerSocket hostile = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> repeat(hostile, status));
            Path inventory = Files.writeString(folder.resolve("fleet.yaml"), """
                    version: 1
                    credentials: { c: { user: 'CORP\\svc', password: { environment: PW } } }
                    settings: { credential: c, transport: http, authentication: basic, allowBasicOverHttp: true }
                    servers: { ps: { address: 127.0.0.1, port: %d } }
                    """.formatted(hostile.getLocalPort()));
            nowhere(List.of(
                    run("check", "-i", inventory.toString(), "-v"),
                    run("check", "-i", inventory.toString(), "-o", "json"),
                    run("doctor", "-i", inventory.toString(), "ps")));
        }
    }

    private static void repeat(ServerSocket hostile, int status) {
        while (!hostile.isClosed()) {
            try (Socket socket = hostile.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String authorization = "none";
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.startsWith("Authorization: ")) {
                        authorization = line.substring(15);
                    }
                }
                String body = "you sent " + authorization + " that is " + PASSWORD;
                byte[] bytes = ("HTTP/1.1 " + status + " " + PASSWORD + "\r\nServer: " + body
                                + "\r\nContent-Type: text/" + PASSWORD + "\r\nWWW-Authenticate: Basic realm=x\r\n"
                                + "WWW-Authenticate: X" + authorization + "\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8);
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // Whoever asked has gone.
            }
        }
    }

    @ParameterizedTest
    @DisabledOnOs(OS.WINDOWS)
    @ValueSource(
            strings = {
                "PW",
                "[PW]",
                "{ environment: PW }",
                "{ PW: x }",
                "{ prompt: PW }",
                "{ command: PW }",
                "{ command: [sh, -c, 'echo \"$PW\" >&2; echo \"$PW\"; exit 3', PW] }",
                "{ command: [sh, -c, 'echo \"$PW\" >&2', PW] }",
                "{ command: [sh, PW] }",
                "{ file: { PW: PW } }",
                "{ keystore: { file: broken.p12, entry: e, password: { environment: PW_ } } }",
                "{ keystore: { file: broken.p12, entry: PW, password: { environment: PW } } }",
                "{ keystore: { file: broken.p12, entry: e, password: PW } }",
            })
    void aPasswordInAWrongFieldIsNotRepeatedByTheComplaint(String source) throws Exception {
        Files.writeString(folder.resolve("broken.p12"), PASSWORD);
        Files.setPosixFilePermissions(folder.resolve("broken.p12"), PosixFilePermissions.fromString("rw-------"));
        Path inventory = Files.writeString(folder.resolve("fleet.yaml"), """
                version: 1
                credentials: { c: { user: u, password: %s } }
                settings: { credential: c }
                servers: { ps: { address: no-such-host.invalid } }
                """.formatted(
                        source.replaceAll("\\bPW\\b(?!\")", java.util.regex.Matcher.quoteReplacement(IN_YAML))));
        for (String command : List.of("check", "doctor")) {
            Ended ended = run(command, "-i", inventory.toString(), "ps");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).isNotBlank();
            Files.deleteIfExists(folder.resolve("broken.p12"));
            Files.deleteIfExists(inventory);
            nowhere(List.of(ended));
            Files.writeString(folder.resolve("broken.p12"), PASSWORD);
            Files.writeString(inventory, "version: 1\nservers: {}\n");
        }
    }

    private static Ended run(String... args) {
        return new Commands().with("PW", PASSWORD).with("PW_", PASSWORD).run(args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void nowhere(List<Ended> all) throws IOException {
        for (Ended ended : all) {
            holdsNone(ended.out());
            holdsNone(ended.err());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path written : files.filter(Files::isRegularFile).toList()) {
                if (!written.getFileName().toString().matches("fleet.yaml|broken.p12|lab.yaml")) {
                    holdsNone(Files.readString(written));
                }
            }
        }
    }

    private static void holdsNone(String text) {
        String seen = text.replaceAll("\\s+", " ")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&quot;", "\"")
                .replace("\\u00fc", "\u00fc")
                .replace("\\\"", "\"")
                .replace("\"\"", "\"")
                .replace("\\\\", "\\");
        assertThat(seen)
                .doesNotContain("\"&<")
                .doesNotContain(PASSWORD.substring(0, 4))
                .doesNotContain(
                        Base64.getEncoder().encodeToString(("CORP\\svc:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }
}
