package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.lab.Scenarios;
import dev.asrdoctor.report.format.Formats;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.testing.Schemas;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** What is really printed and kept fits the published schemas. */
class FormatsTest {
    private static final String SCHEMAS = "src/main/resources/schemas/";

    @TempDir
    Path folder;

    @Test
    void theReportOfEveryKindOfFindingFitsItsSchema() throws Exception {
        String json = new Commands().run("demo", "-o", "json").out();
        assertThat(complaints("report-1.schema.json", json)).isEmpty();
        assertThat(json).contains("\"FAIL\"", "\"UNKNOWN\"", "\"PASS\"", "\"reachable\"");
    }

    @Test
    void theRemediationFitsItsSchema() throws Exception {
        List<String> words = new ArrayList<>(List.of("demo", "--remediate", "-o", "json"));
        toFiles(Subject.REMEDY, words);
        String json = new Commands().run(words.toArray(String[]::new)).out();
        assertThat(complaints("remediation-1.schema.json", json)).isEmpty();
        assertThat(json).contains("VERIFIED", "STOPPED_AGAIN", "heldBack");
        assertFilesAreWhole(Subject.REMEDY, "cxprocessserver");
    }

    /** From what was kept, so that no server is asked. */
    @Test
    void everySubjectHasEveryFormatThatMakesSenseOfIt() throws Exception {
        Path facts = folder.resolve("facts");
        Path inventory;
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { services: { svagents: stopped } }\nps-2: {}")) {
            inventory = lab.inventory();
            new Commands().run("check", "-i", inventory.toString(), "--save-facts", facts.toString());
            assertFormats(Subject.EXAMINATION, "ps-1", "doctor", "-i", inventory.toString(), "ps-1");
            new Commands().run("remediate", "-i", inventory.toString(), "--apply");
            assertFormats(Subject.JOURNAL, "svagents", "journal", "-i", inventory.toString());
            new Commands().run("change", "open", "CHG1", "-i", inventory.toString(), "--until", "4h");
            assertFormats(Subject.WINDOWS, "CHG1", "change", "list", "-i", inventory.toString());
            assertFormats(Subject.CHANGE, "ps-2", "change", "verify", "CHG1", "-i", inventory.toString());
        }
        assertFormats(Subject.CHECK, "svagents is stopped", "check", "--facts", facts.toString());
        assertFormats(Subject.DIAGNOSIS, "stopped: svagents", "diagnose", "--facts", facts.toString());
        assertFormats(Subject.DIFFERENCES, "", "diff", facts.toString(), facts.toString());
        assertFormats(Subject.SERVERS, "ps-2", "inventory", "list", "-i", inventory.toString());
        assertFormats(Subject.CHECKS, "services.running", "checks");
        assertFormats(Subject.KNOWLEDGE, "How to fix", "explain", "proxy.same");
    }

    private void assertFormats(Subject subject, String told, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        toFiles(subject, words);
        Commands.Ended ended = new Commands().run(words.toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isIn(0, 1);
        assertFilesAreWhole(subject, told);
    }

    private void toFiles(Subject subject, List<String> words) {
        for (String format : Formats.of(subject)) {
            words.addAll(List.of("-o", format + "=" + file(subject, format)));
        }
    }

    private Path file(Subject subject, String format) {
        return folder.resolve(subject + "." + format);
    }

    private void assertFilesAreWhole(Subject subject, String told) throws Exception {
        for (String format : Formats.of(subject)) {
            String text = Files.readString(file(subject, format));
            assertThat(text).as(subject + " " + format).contains(told).endsWith("\n");
            switch (format) {
                case "html" ->
                    assertThat(text)
                            .startsWith("<!DOCTYPE html>")
                            .endsWith("</html>\n")
                            .doesNotContain("src=", "href=", "url(", "@import");
                case "markdown" -> assertThat(text).startsWith("# ");
                case "json" ->
                    assertThat(new JsonMapper().readTree(text).isContainer()).isTrue();
                case "junit" ->
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(text)));
                case "csv" -> assertThat(text.lines().findFirst().orElse("")).contains(",");
                default -> assertThat(text).doesNotContain("\u001b");
            }
        }
    }

    @Test
    void savedFactsFitTheirSchemaAlsoWhereSourcesWereDenied() throws Exception {
        Path facts = folder.resolve("facts");
        String servers = """
                fine: { services: { svagents: { state: stopped, exitCode: 1067, crashes: 2 } } }
                cim: { faults: [{ source: cim, error: access-denied }] }
                both: { faults: [{ source: cim, error: access-denied }, { source: scm, error: throws }] }
                away: { unreachable: true }
                """;
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            new Commands().run("check", "-i", lab.inventory().toString(), "--save-facts", facts.toString());
        }
        try (Stream<Path> files = Files.list(facts)) {
            List<Path> documents = files.toList();
            assertThat(documents).hasSize(4);
            for (Path document : documents) {
                assertThat(complaints("facts-1.schema.json", Files.readString(document)))
                        .as(document.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void newerFactsAreRefusedByFileAndVersion() throws Exception {
        Path facts = Files.createDirectories(folder.resolve("facts"));
        Files.writeString(facts.resolve("ps.json"), "{\"version\": 2}");
        assertThat(new Commands().run("check", "--facts", facts.toString()).err())
                .contains("ps.json: these facts are of version 2")
                .hasLineCount(1);
    }

    @Test
    void theJunitReportCountsWhatItHolds() throws Exception {
        String xml = new Commands().run("demo", "-o", "junit").out();
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        Element all = document.getDocumentElement();
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(12);
        for (String element : List.of("failure", "error", "skipped")) {
            String attribute = element.equals("skipped") ? element : element + "s";
            assertThat(all.getAttribute(attribute))
                    .isEqualTo(Integer.toString(
                            document.getElementsByTagName(element).getLength()));
        }
        assertThat(all.getAttribute("tests"))
                .isEqualTo(Integer.toString(
                        document.getElementsByTagName("testcase").getLength()));
    }

    @Test
    void everyLineOfTheTextReportFitsEightyColumnsButForCommandsToCopy() {
        List<String> shown = new ArrayList<>(List.of(HealedDemo.ENDED.out()));
        for (String[] command : new String[][] {{"demo"}, {"demo", "-v"}, {"demo", "-q"}}) {
            shown.add(new Commands().run(command).out());
        }
        for (String report : shown) {
            assertThat(report.lines())
                    .allMatch(line -> line.length() <= 80 || line.matches(" {8,14}(sc\\.exe|[A-Z]\\w+-[A-Z]\\w+) .*"));
        }
    }

    static List<String> shippedScenarios() {
        return Scenarios.shipped();
    }

    @ParameterizedTest
    @MethodSource("shippedScenarios")
    void everyShippedScenarioFitsItsSchema(String name) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), Scenarios.source(name));
        assertThat(Schemas.complaints("inventory/schemas/scenario-1.schema.json", file))
                .isEmpty();
    }

    private List<String> complaints(String schema, String json) throws Exception {
        Path file = Files.writeString(folder.resolve("document"), json);
        return Schemas.complaints(SCHEMAS + schema, file);
    }
}
