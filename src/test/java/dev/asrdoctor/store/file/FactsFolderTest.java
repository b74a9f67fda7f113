package dev.asrdoctor.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.Replication;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.Schemas;
import dev.asrdoctor.testing.ServerMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsFolderTest {
    @TempDir
    Path folder;

    @Test
    void bringsBackEveryFactAndEveryTroubleAndWhatTheInventorySaid() throws Exception {
        List<Outcome<Facts>> saved = List.of(
                done("a", broken().facts()), done("b", ServerMaker.unreadable()), unreached("c"), done("d", scm()));

        facts().save(saved);

        assertThat(facts().load()).extracting(outcome -> content(outcome)).isEqualTo(contents(saved));
        assertThat(FleetCheck.judge(facts().load(), Policy.DEFAULT, Set.copyOf(Checks.ids())))
                .extracting(ServerReport::findings)
                .isEqualTo(FleetCheck.judge(saved, Policy.DEFAULT, Set.copyOf(Checks.ids())).stream()
                        .map(ServerReport::findings)
                        .toList());
        assertThat(facts().load().get(2).server())
                .extracting(Server::address, Server::port, Server::site, Server::tags, Server::groups)
                .containsExactly("10.0.0.1", 5986, "Paris", Map.of("ring", "1"), new LinkedHashSet<>(List.of("all")));
    }

    @Test
    void fitsTheSchemaWhateverWasRead() throws Exception {
        facts().save(List.of(
                done("a", broken().facts()), done("b", ServerMaker.unreadable()), unreached("c"), done("d", scm())));

        for (Path file : files()) {
            assertThat(Schemas.complaints("src/main/resources/schemas/facts-1.schema.json", file))
                    .as("%s", file)
                    .isEmpty();
        }
    }

    @Test
    void namesFilesApartAlsoWhereCaseIsIgnoredAndNamesAreOdd() throws Exception {
        List<String> names = List.of(
                "ps1",
                "PS1",
                "Ps1",
                "..",
                "CON",
                "con",
                "con.paris",
                "nul",
                "été",
                "プロセス",
                "x".repeat(253),
                "x".repeat(252) + "y",
                "字".repeat(253),
                "../../up",
                "a:b");
        facts().save(names.stream().map(name -> unreached(name)).toList());

        assertThat(facts().load())
                .extracting(outcome -> outcome.server().name())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(files())
                .hasSize(names.size())
                .extracting(file -> file.getFileName().toString().toLowerCase(Locale.ROOT))
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.matches("(con|nul)[.].*"));
    }

    @Test
    void savesAgainOverEarlierDocuments() throws Exception {
        facts().save(List.of(unreached("a")));
        facts().save(List.of(done("a", broken().facts())));

        assertThat(facts().load()).singleElement().isInstanceOf(Outcome.Done.class);
        assertThat(files()).hasSize(1);
    }

    @Test
    void leavesEarlierDocumentsAsTheyWereWhereOneCannotBeWritten() throws Exception {
        facts().save(List.of(unreached("a"), unreached("c")));
        Files.createDirectories(folder.resolve("b.json/in-the-way"));

        assertThatIOException().isThrownBy(() -> facts().save(List.of(unreached("b"), done("c", scm()))));

        Files.delete(folder.resolve("b.json/in-the-way"));
        Files.delete(folder.resolve("b.json"));
        assertThat(facts().load())
                .extracting(outcome -> content(outcome))
                .isEqualTo(contents(List.of(unreached("a"), unreached("c"))));
        assertThat(files()).hasSize(2);
    }

    @Test
    void saysWhenThereIsNoFolderOrNothingInIt() {
        assertThatIOException()
                .isThrownBy(() -> new FactsFolder(folder.resolve("none")).load())
                .withMessageContaining("there is no folder");
        assertThatIOException().isThrownBy(() -> facts().load()).withMessageContaining("holds no facts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"version\": 2}`                                | these facts are of version 2",
                "`{\"version\": 1`                                 | it is not JSON",
                "`{\"version\": 1} {}`                             | it is not JSON",
                "``                                                | no document of 'check --save-facts'",
                "null                                              | no document of 'check --save-facts'",
                "[]                                                | no document of 'check --save-facts'",
                "`{\"version\":1,\"inventory\":{\"name\":\"a\"}}`  | '' is no deployment",
                "`{\"version\":1,\"inventory\":{\"name\":\"a\",\"deployment\":\"standalone\"}}` | these are no facts",
            })
    void refusesWhatIsNoDocumentByItsFileInOneLine(String text, String told) throws Exception {
        Files.writeString(folder.resolve("odd.json"), text);
        assertRefused(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"readAt\" : \"2026", "\"state\" : \"stopped\"", "\"startType\" : \"manual\""})
    void refusesADamagedValueByItsFileOrTakesItForUnknown(String value) throws Exception {
        facts().save(List.of(done("odd", broken().facts())));
        Path file = folder.resolve("odd.json");
        String text = Files.readString(file);
        assertThat(text).contains(value);
        Files.writeString(
                file,
                text.replace(value, value.replaceAll("(stopped|manual|2026)$|(?<=\")(stopped|manual)(?=\")", "x")));

        if (value.contains("state")) {
            assertThat(FleetCheck.judge(facts().load(), Policy.DEFAULT, Set.copyOf(Checks.ids())))
                    .singleElement()
                    .satisfies(report -> assertThat(report.findings())
                            .anyMatch(finding -> finding.title().contains("could not be read")));
        } else {
            assertRefused("x");
        }
    }

    @Test
    void refusesAFileThatIsNoTextOrNoFileByItsName() throws Exception {
        Path file = folder.resolve("odd.json");
        Files.write(file, new byte[] {(byte) 0xff, 1});
        assertRefused("not a text in UTF-8");

        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("cannot be read");
    }

    @Test
    void eitherReadsOrRefusesADocumentCutOffAnywhere() throws Exception {
        facts().save(List.of(done("odd", broken().facts())));
        Path file = folder.resolve("odd.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 2; length += 7) {
            Files.writeString(file, new String(whole, 0, length, StandardCharsets.US_ASCII));
            assertRefused("odd.json: ");
        }
    }

    private void assertRefused(String told) {
        assertThatIOException()
                .isThrownBy(() -> facts().load())
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(folder.resolve("odd.json") + ": ")
                        .contains(told)
                        .hasLineCount(1));
    }

    private Kept facts() {
        return new Kept(new FactsFolder(folder));
    }

    /** As a fleet's run saves and loads it. */
    private record Kept(FactsFolder folder) {
        void save(List<Outcome<Facts>> outcomes) throws IOException {
            folder.save(KeptVisits.of(outcomes));
        }

        List<Outcome<Facts>> load() throws IOException {
            return KeptVisits.outcomes(folder.load());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static List<Object> contents(List<Outcome<Facts>> outcomes) {
        return outcomes.stream().map(FactsFolderTest::content).toList();
    }

    private static Object content(Outcome<Facts> outcome) {
        return switch (outcome) {
            case Outcome.Done<Facts> done -> done.value();
            case Outcome.Failed<Facts> failed -> failed.trouble();
        };
    }

    private static ServerMaker broken() {
        ServerMaker server = ServerMaker.healthy(Deployment.CONFIGURATION_SERVER);
        server.service(AsrService.PROCESS_SERVER)
                .stoppedWithItsOwn(4242)
                .startType(StartType.MANUAL)
                .dependsOn("A", "b");
        server.service(AsrService.TMANSVC)
                .state(ServiceState.START_PENDING)
                .startType(null)
                .processStartedAt(server.now().minusMillis(1234));
        return server.event(7031, Duration.ofMinutes(3), "Process Server", "1");
    }

    private static Facts scm() {
        ServerMaker server = ServerMaker.healthy(Deployment.CONFIGURATION_SERVER)
                .withoutHost()
                .eventsError("Unauthorized");
        server.service(AsrService.MYSQL).stopped(null).processId(null);
        Facts facts = server.facts();
        assertThat(facts.host()).isInstanceOf(Area.Unreadable.class);
        return facts;
    }

    private static Outcome<Facts> done(String name, Facts facts) {
        return new Outcome.Done<>(server(name), facts);
    }

    private static Outcome<Facts> unreached(String name) {
        return new Outcome.Failed<>(
                server(name), new Trouble("tcp", "connection-refused", "refused", "look \"there\""));
    }

    private static Server server(String name) {
        Server made = ServerMaker.server(name, Deployment.CONFIGURATION_SERVER);
        return new Server(
                name,
                "10.0.0.1",
                5986,
                made.deployment(),
                "Paris",
                Replication.UNSAID,
                new LinkedHashSet<>(List.of("all")),
                Map.of("ring", "1"),
                made.connection());
    }
}
