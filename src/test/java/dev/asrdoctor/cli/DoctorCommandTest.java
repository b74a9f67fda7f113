package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.lab.Scenarios;
import dev.asrdoctor.testing.Schemas;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatConnectsShowsEveryStepAsGood() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https, os: '2019' }")) {
            Ended ended = doctor(lab, "ps");
            assertThat(ended.code()).isZero();
            assertThat(ended.out())
                    .doesNotContain("FAIL", "WARN", "not reached")
                    .contains(
                            "TLSv1.3",
                            "CN=asrdoctor lab authority",
                            "WinRM of Microsoft Corporation Stack: 3.0",
                            "agrees with this machine's",
                            "Negotiate offered",
                            "version 5.1.17763",
                            ".NET Framework 4.8",
                            "FullLanguage",
                            "RemoteSigned",
                            "1024 MB",
                            "administrator's rights",
                            "1 of 1 server connects");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "clockFast: 450s | clock | 7 min | w32tm /resync",
                "clockSlow: 270s | clock | 4 min | w32tm /query /status",
                "machine: { registry: { 'WSMan:\\localhost\\Shell': { MaxMemoryPerShellMB: 150 } } } | memory-quota | 150 MB"
                        + " | Set-Item WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB 1024",
                "machine: { registry: { 'Registry::HKEY_USERS\\S-1-5-19\\Environment': denied } } | administrator"
                        + " | not an administrator's rights | LocalAccountTokenFilterPolicy -PropertyType DWord",
                "machine: { registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell': { EnableScripts: 1,"
                        + " ExecutionPolicy: AllSigned } } } | execution-policy | AllSigned, set by group policy"
                        + " | Get-ExecutionPolicy -List",
                "machine: { registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell': { EnableScripts: 0 } } }"
                        + " | execution-policy | Restricted, set by group policy | gpresult",
            })
    void whatWillHinderIsWarnedOfWithWhatToDo(String server, String step, String told, String line) throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { " + server + " }")) {
            Ended ended = doctor(lab, "ps", "-o", "json");
            JsonNode found = step(json(ended), step);
            assertThat(found.path("verdict").asString()).isEqualTo("warn");
            assertThat(found.path("told").asString()).contains(told);
            assertThat(found.path("actions").toString().replace("\\\\", "\\")).contains(line);
            assertThat(ended.code()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | a gateway in between did not reach the server",
                "500 | the server failed without an explanation",
                "418 | its HTTP.sys refuses the request",
                "400 | its HTTP.sys refuses the request",
            })
    void nobodyIsSaidToBeAcceptedBeforeTheServerHasSaidSo(int status, String told) throws Exception {
        String fault = "ps: { faults: [{ wire: http-status, status: " + status + ", on: create }] }";
        try (LabFixture lab = LabFixture.start(folder, fault)) {
            JsonNode json = json(doctor(lab, "ps", "-o", "json"));
            assertThat(step(json, "authentication").path("verdict").asString()).isEqualTo("unknown");
            assertThat(step(json, "authentication").path("told").asString()).contains("has not said");
            assertThat(step(json, "shell").path("told").asString()).contains(told);
            assertThat(json.toString()).doesNotContain("the account is accepted", "Another web server");
        }
    }

    @Test
    void anAccountIsSaidToBeAcceptedOnceTheServerHasAnsweredIt() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { faults: [{ wire: fault, code: 1450, on: create }] }")) {
            JsonNode json = json(doctor(lab, "ps", "-o", "json"));
            assertThat(step(json, "authentication").path("verdict").asString()).isEqualTo("ok");
            assertThat(step(json, "shell").path("told").asString()).contains("1450 ERROR_NO_SYSTEM_RESOURCES");
        }
    }

    @Test
    void basicOfferedOverPlainHttpIsWarnedOf() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: http, authentication: basic }")) {
            Ended ended = new Commands()
                    .with("PW", "secret-42")
                    .run(adHoc(lab, "--http", "--password-env", "PW", "-o", "json"));
            JsonNode schemes = step(json(ended), "schemes");
            assertThat(schemes.path("verdict").asString()).isEqualTo("warn");
            assertThat(schemes.path("told").asString()).contains("Negotiate, Basic offered");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void whatItPrintsForProgramsFitsItsSchema() throws Exception {
        String servers = """
                fine: { transport: https }
                away: { unreachable: true }
                cert: { transport: https, certificate: expired }
                locked: { faults: [{ wire: logon-refused }] }
                """;
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            Ended ended = doctor(lab, "all", "-o", "json");
            Path file = Files.writeString(folder.resolve("doctor.json"), ended.out());
            assertThat(Schemas.complaints("src/main/resources/schemas/doctor-1.schema.json", file))
                    .isEmpty();
            assertThat(ended.out()).contains("\"not-reached\"", "\"fail\"", "\"ok\"");
            assertThat(ended.code()).isEqualTo(3);
        }
    }

    @Test
    void theScenarioOfConnectionsShowsEachWayOfNotConnecting() throws Exception {
        Path inventory = folder.resolve("lab.yaml");
        Lab lab = Lab.start(
                Scenarios.source("connections"), "connections", Lab.Options.NONE, "secret-42", Clock.systemUTC());
        try (lab) {
            lab.writeInventory(inventory);
            Ended ended = new Commands().run("doctor", "-i", inventory.toString(), "all", "-o", "json");
            List<String> found = new ArrayList<>();
            for (JsonNode server : json(ended).path("servers")) {
                StringBuilder line = new StringBuilder(server.path("server").asString());
                for (JsonNode step : server.path("steps")) {
                    if (List.of("fail", "warn").contains(step.path("verdict").asString())) {
                        line.append(' ')
                                .append(step.path("verdict").asString())
                                .append(' ')
                                .append(step.path("kind").asString());
                    }
                }
                found.add(line.toString());
            }
            assertThat(found)
                    .containsExactly(
                            "ps-fine",
                            "ps-stopped fail connection-refused",
                            "ps-self-signed fail tls-untrusted",
                            "ps-expired fail tls-untrusted",
                            "ps-wrong-name fail tls-untrusted",
                            "ps-web-server fail not-win-rm",
                            "ps-wrong-path fail endpoint-not-found",
                            "ps-forbidden fail http-forbidden",
                            "ps-busy fail service-unavailable",
                            "ps-kerberos-only fail scheme-not-offered",
                            "ps-basic warn basic-over-http fail basic-needs-tls",
                            "ps-denied fail access-denied",
                            "ps-quota fail quota-exceeded",
                            "ps-no-shells fail remote-fault",
                            "ps-vanishes fail shell-gone",
                            "ps-constrained fail constrained-language",
                            "ps-policy warn execution-policy",
                            "ps-little-memory warn memory-quota",
                            "ps-user warn not-administrator",
                            "ps-fast-clock warn clock-skew",
                            "ps-locked fail logon-failed");
            assertThat(lab.openShells()).isZero();
        }
    }

    @Test
    void anUntrustedCertificateIsShownWithALineThatPinsIt() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https, certificate: self-signed }")) {
            String out = doctor(lab, "ps").out();
            String pin = out.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("tls: {"))
                    .findFirst()
                    .orElseThrow();
            assertThat(out).contains("protocol  TLSv1.3", "subject   CN=127.0.0.1", "names     127.0.0.1, localhost");
            String inventory = Files.readString(lab.inventory());
            Files.writeString(
                    lab.inventory(),
                    inventory.replaceFirst("  tls: .*", java.util.regex.Matcher.quoteReplacement("  " + pin)));
            Ended pinned = doctor(lab, "ps");
            assertThat(pinned.out()).contains("the certificate is one of the pinned ones");
            assertThat(pinned.code()).isZero();
        }
    }

    @Test
    void aRefusedPasswordIsPresentedToNoFurtherServer() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..5}: { wrongPassword: true }")) {
            Ended ended = doctor(lab, "all");
            assertThat(lab.lab().logonFailures()).isEqualTo(1);
            assertThat(ended.out())
                    .containsOnlyOnce("it was tried once")
                    .contains("not tried: the credential 'lab'")
                    .contains("0 of 5 servers connect");
            assertThat(ended.code()).isEqualTo(3);
        }
    }

    @Test
    void aRefusedPasswordOfBasicIsPresentedOnceToo() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-{1..3}: { transport: https, authentication: basic, wrongPassword: true }")) {
            Ended ended = doctor(lab, "all");
            assertThat(lab.lab().logonFailures()).isEqualTo(1);
            assertThat(ended.out()).contains("FAIL  authentication");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPortThatNeverAnswersIsToldWithTheFirewallRule() throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillUp(full, fill);
            Ended ended = new Commands()
                    .with("PW", "x")
                    .run(
                            "doctor",
                            "127.0.0.1",
                            "--user",
                            "u",
                            "--password-env",
                            "PW",
                            "--http",
                            "--port",
                            String.valueOf(full.getLocalPort()),
                            "--deadline",
                            "4s");
            assertThat(ended.out())
                    .contains(
                            "FAIL  tcp", "no answer from port", "New-NetFirewallRule", "Test-NetConnection 127.0.0.1");
            assertThat(ended.code()).isEqualTo(3);
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    private static void fillUp(ServerSocket full, List<Socket> fill) throws Exception {
        for (int i = 0; i < 16; i++) {
            Socket socket = new Socket();
            fill.add(socket);
            try {
                socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void aHostOfNoInventoryIsExaminedWithAnAccountOfTheCommandLine() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https }")) {
            Ended ended = new Commands()
                    .with("PW", "secret-42")
                    .run(adHoc(
                            lab,
                            "--password-env",
                            "PW",
                            "--ca-file",
                            folder.resolve("lab.yaml.ca.pem").toString()));
            assertThat(ended.out()).contains("1 of 1 server connects");
            assertThat(ended.code()).isZero();
            Ended asked = new Commands()
                    .answering("secret-42")
                    .run(adHoc(
                            lab, "--ca-file", folder.resolve("lab.yaml.ca.pem").toString()));
            assertThat(asked.code()).isZero();
        }
    }

    @Test
    void aPortThatSpeaksOtherwiseIsToldWithTheLineForTheInventory() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https }")) {
            Ended ended = new Commands().with("PW", "x").run(adHoc(lab, "--http", "--password-env", "PW"));
            assertThat(ended.out()).contains("FAIL  http", "speaks TLS, not plain HTTP", "    transport: https");
        }
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: http }")) {
            Ended ended = new Commands().with("PW", "x").run(adHoc(lab, "--password-env", "PW"));
            assertThat(ended.out()).contains("FAIL  tls", "does not speak TLS", "    transport: http");
        }
    }

    @Test
    void whatIsWrongOnTheCommandLineIsToldInOneLineWithoutPlacesInAFileThatNobodyHas() {
        Commands commands = new Commands().with("PW", "x");
        String[][] wrong = {
            {"http://ps01/wsman", "--port", "5985", "'http://ps01/wsman' is not a host name"},
            {"", "--port", "5985", "'' is not a host name"},
            {"ps01:5985", "--port", "5985", "'ps01:5985' ends in a port"},
            {"ps01", "--port", "0", "from 1 to 65535"},
            {"ps01", "--authentication", "kerberos,digest", "'digest' is not one of"},
            {"ps01", "--authentication", "basic,ntlm", "nothing can follow 'basic'"},
        };
        for (String[] each : wrong) {
            Ended ended = commands.run("doctor", each[0], "--user", "u", "--password-env", "PW", each[1], each[2]);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .hasLineCount(1)
                    .startsWith("asrdoctor: ")
                    .contains(each[3])
                    .doesNotContain("command line");
        }
        Ended nobody = commands.run("doctor", "ps01", "--user", "", "--password-env", "PW");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).hasLineCount(1).contains("the account has no name");
    }

    @Test
    void anAddressOfIpv6IsShownAsOne() throws Exception {
        Ended ended = new Commands()
                .with("PW", "x")
                .run("doctor", "::ffff:127.0.0.1", "--user", "u", "--password-env", "PW", "--http", "--port", "1");
        assertThat(ended.out())
                .contains("[::ffff:127.0.0.1]:1")
                .contains("::ffff:127.0.0.1 is an address")
                .contains("FAIL  tcp");
    }

    @Test
    void aServerOfTransportLocalIsNotLookedForOnTheNetwork() throws Exception {
        Path inventory = Files.writeString(
                folder.resolve("here.yaml"),
                "version: 1\nservers: { ps1: { address: localhost, transport: local } }\n");
        Ended ended = new Commands().run("doctor", "-i", inventory.toString(), "ps1");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("transport local", "leave out ps1");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void whatIsToBeTypedForRightsNamesTheAccount() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { faults: [{ wire: fault, code: 5, on: create }] }")) {
            assertThat(doctor(lab, "ps").out()).contains("net localgroup Administrators LAB\\operator /add");
        }
    }

    private static String[] adHoc(LabFixture lab, String... more) throws Exception {
        String inventory = Files.readString(lab.inventory());
        String port = inventory.replaceAll("(?s).*port: (\\d+).*", "$1");
        return Stream.concat(
                        Stream.of("doctor", "127.0.0.1", "--user", "LAB\\operator", "--port", port), Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void everyLineButThoseToBeTypedFitsEightyColumns() throws Exception {
        String servers = """
                fine: { transport: https }
                away: { unreachable: true }
                cert: { transport: https, certificate: expired }
                locked: { faults: [{ wire: logon-refused }] }
                """;
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            assertThat(doctor(lab, "all").out().lines())
                    .filteredOn(line -> !line.startsWith(" ".repeat(12)) || line.startsWith(" ".repeat(26)))
                    .filteredOn(line -> !line.contains("SHA-256  "))
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Missing required parameter: 'HOST' | doctor",
                "go with --user                     | doctor ps --port 5985",
                "leave out either                   | doctor ps -i x.yaml --user u",
                "did you mean 'json'                | doctor ps -i x -o jsn",
                "there is no such file              | doctor ps -i none.yaml",
                "NOWHERE is not set                 | doctor ps --user u --password-env NOWHERE",
                "no terminal to ask                 | doctor ps --user u",
                "is not a host name                 | doctor a/b --user u",
                "at least 1s                        | doctor ps --user u --deadline 0s",
            })
    void wrongUsageIsOneClearLineAndEndsWithTwo(String told, String command) {
        Ended ended = new Commands().run(command.split(" "));
        assertThat(ended.err()).hasLineCount(1).contains(told).doesNotContain("Exception");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    static JsonNode json(Ended ended) {
        return new JsonMapper().readTree(ended.out());
    }

    static JsonNode step(JsonNode doctor, String step) {
        return doctor.at("/servers/0/steps")
                .valueStream()
                .filter(found -> found.path("step").asString().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static Ended doctor(LabFixture lab, String... more) {
        String[] args = Stream.concat(Stream.of("doctor", "-i", lab.inventory().toString()), Stream.of(more))
                .toArray(String[]::new);
        return new Commands().run(args);
    }
}
