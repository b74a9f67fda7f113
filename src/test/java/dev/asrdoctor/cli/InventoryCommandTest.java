package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.inventory.InventoryCommand;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Yaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InventoryCommandTest {
    private static final String FLEET = """
            version: 1
            credentials: { c: { user: u, password: { prompt: true } } }
            servers:
              a-server-with-a-name-much-longer-than-the-table.example: { address: 10.0.0.1 }
              v6: { address: "2001:db8::1", transport: http, credential: c }
            groups:
              paris:
                settings: { site: "Par\\eis 漢字", deployment: azure-failback }
                servers: { ps1: { tags: { wave: 1, owner: team } } }
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Edges edges = new Edges(
                environment, new Terminal(false, false), InstantSource.system(), new Random(1), question -> null);
        String[] all = Stream.concat(Stream.of("inventory"), Stream.of(args)).toArray(String[]::new);
        PrintWriter to = new PrintWriter(out, true);
        int code = Main.run(edges, to, new PrintWriter(err, true), all);
        to.flush();
        return code;
    }

    private String fleet(String text) {
        return Yaml.write(folder, "fleet.yaml", text).toString();
    }

    @Test
    void listsServersInEightyColumns() {
        assertThat(run("list", "-i", fleet(FLEET))).isZero();
        assertThat(out.toString()).isEqualTo("""
                        a-server-with-a-name-much-.. auto                 10.0.0.1:5986 https
                        v6                           auto                 [2001:db8::1]:5985 http
                        ps1                          azure-failback       ps1:5986 https
                            site=Par is 漢字 groups=paris wave=1 owner=team
                        """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsOnlyWhatPatternsSelect() {
        assertThat(run("list", "-i", fleet(FLEET), "site=par*")).isZero();
        assertThat(out.toString()).startsWith("ps1 ").doesNotContain("v6");
    }

    @Test
    void listsForPrograms() {
        assertThat(run("list", "-o", "json", "-i", fleet(FLEET), "ps1", "v6")).isZero();
        JsonNode servers = new JsonMapper().readTree(out.toString()).get("servers");
        assertThat(servers.get(0).toString())
                .isEqualTo("{\"name\":\"v6\",\"address\":\"2001:db8::1\",\"port\":5985,\"transport\":\"http\","
                        + "\"authentication\":\"ntlm\",\"deployment\":\"auto\",\"deploymentAssumed\":true,"
                        + "\"site\":null,\"groups\":[],\"tags\":{},\"credential\":\"c\"}");
        assertThat(servers.get(1).toString())
                .contains(
                        "\"deploymentAssumed\":false",
                        "\"groups\":[\"paris\"]",
                        "\"wave\":\"1\"",
                        "\"credential\":null");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void aPatternOrFormatThatIsUnknownIsOneLine() {
        String fleet = fleet(FLEET);
        assertThat(run("list", "-i", fleet, "pari")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("did you mean 'paris'?");
        assertThat(run("list", "-i", fleet, "-o", "jsn")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("did you mean 'json'?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void validCountsAndNamesWhatIsLeftOpen() {
        assertThat(run("validate", "-i", fleet(FLEET))).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("""
                        OK: 3 servers in 1 group, 1 credential
                        No credential is set, so no command can visit: \
                        a-server-with-a-name-much-longer-than-the-table.example, ps1
                        """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void validateAgreesWithTheSamples() {
        assertThat(run(
                        "validate",
                        "-i",
                        Peers.project("inventory/fleet.yaml").toString(),
                        "--policy",
                        Peers.project("inventory/policy.yaml").toString()))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("OK: 5 servers in 3 groups, 2 credentials");
    }

    @Test
    void validateTellsEveryMistakeOfBothFilesEachOnALine() {
        String fleet = fleet("version: 1\nservers: { a: { prot: 1 }, b: { port: x } }\n");
        String policy =
                Yaml.write(folder, "policy.yaml", "version: 1\nrnu: {}\n").toString();
        assertThat(run("validate", "-i", fleet, "--policy", policy)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        fleet + ":2:17: unknown key 'prot'; did you mean 'port'?",
                        fleet + ":2:39: expected a whole number from 1 to 65535, not 'x'",
                        policy + ":2:1: unknown key 'rnu'; did you mean 'run'?");
    }

    @Test
    void validateTellsWhatIsWrongOnlyWhenItIsSeenTogether() {
        String fleet = fleet("version: 1\nservers: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.1 }, c: {} }\n");
        String policy = Yaml.write(folder, "policy.yaml", """
                        version: 1
                        guardRails: { notTogether: [ 'a d' ] }
                        waivers: [ { check: health.cpu, servers: 'x*', reason: old, until: 2099-01-01 } ]
                        """).toString();
        assertThat(run("validate", "-i", fleet, "--policy", policy)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(3);
        assertThat(err.toString())
                .contains(
                        "a and b have one address, 192.0.2.1 port 5986",
                        "guardRails.notTogether names d, which the inventory does not have",
                        "the waiver of health.cpu for 'x*' names no server of the inventory");
    }

    @Test
    void namesThatDifferInCaseAloneAndAccountsWithASlashAreMistakes() {
        String fleet = fleet("""
                version: 1
                credentials: { c: { user: CONTOSO/admin, password: { prompt: true } } }
                servers: { ps-1: {}, PS-1: {} }
                """);
        assertThat(run("validate", "-i", fleet)).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "write 'CONTOSO\\admin'",
                        "server 'PS-1' differs from 'ps-1' in line 3 in upper and lower case");
    }

    @Test
    void ofManyMistakesTheFirstAreToldAndAllAreCounted() {
        String keys =
                IntStream.range(0, 10_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
        assertThat(run("validate", "-i", fleet("version: 1\nservers: { a: {} }\n" + keys)))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSizeLessThan(60).last().asString().contains("10000 mistakes in all");
    }

    @Test
    void theEnvironmentNamesTheInventoryWhereNoOptionDoes() {
        environment.put("ASRDOCTOR_INVENTORY", fleet(FLEET));
        assertThat(run("validate")).isZero();
        assertThat(run("list")).isZero();
        environment.put("ASRDOCTOR_INVENTORY", folder.resolve("none.yaml").toString());
        assertThat(run("list")).isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml:1:1: there is no such file");
    }

    @Test
    void theUsualFileIsTakenWhereNothingNamesOne() {
        Edges edges = new Edges(
                Map.of("ASRDOCTOR_INVENTORY", ""),
                new Terminal(false, false),
                InstantSource.system(),
                new Random(1),
                question -> null);
        assertThat(new InventoryCommand(edges).file(null)).isEqualTo(Path.of("inventory", "fleet.yaml"));
    }

    @Test
    void initWritesAnInventoryThatIsValid() throws Exception {
        Path file = folder.resolve("new/deep/fleet.yaml");
        assertThat(run("init", file.toString())).isZero();
        assertThat(out.toString()).contains("Wrote " + file, "asrdoctor inventory validate -i " + file);
        assertThat(Files.readString(file)).startsWith("# The servers").contains("# Accounts by name");
        Inventory inventory = InventoryLoader.load(file);
        assertThat(inventory.servers()).hasSize(3).allMatch(s -> s.connection().credential() != null);
        assertThat(files(file.getParent())).containsExactly("fleet.yaml");
    }

    @Test
    void initReplacesAFileOnlyWhenForced() throws Exception {
        String file = fleet("mine");
        assertThat(run("init", file)).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("is there already; --force replaces it");
        assertThat(Files.readString(Path.of(file))).isEqualTo("mine");
        assertThat(run("init", "--force", file)).isZero();
        assertThat(Files.readString(Path.of(file))).startsWith("# The servers");
        assertThat(files(folder)).containsExactly("fleet.yaml");
    }

    @Test
    void initTellsWhereItCannotWrite() throws Exception {
        assertThat(run("init", "--force", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("is a folder; name a file in it");
        String file = fleet("mine");
        assertThat(run("init", file + "/fleet.yaml")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains(file);
        assertThat(files(folder)).containsExactly("fleet.yaml");
    }

    @Test
    void withoutASubcommandUsageIsPointedTo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("asrdoctor inventory --help");
        assertThat(run("lst")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'list'?");
        for (String command : List.of("list", "validate", "init")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Usage: asrdoctor inventory " + command);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).toList();
        }
    }
}
