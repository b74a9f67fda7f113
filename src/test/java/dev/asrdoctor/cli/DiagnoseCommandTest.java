package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.report.view.CausePage;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Schemas;
import dev.asrdoctor.testing.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiagnoseCommandTest {
    private static final String SERVERS = """
            ps-01:
              services: { cxprocessserver: { state: stopped, exitCode: 1067, crashes: 1 } }
              machine: { network: { endpoints: { '10.20.0.10:9443': { fails: refused } } } }
            src-01:
              deployment: source-machine
              inventory: { processServer: ps-01 }
              machine: { network: { endpoints: { 'ps-01.lab.test:9443': { fails: refused } } } }
            ps-02: {}
            """;

    @TempDir
    Path folder;

    @Test
    void aSourceMachinesCauseIsFoundOnItsProcessServerWhichIsReadToo() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, SERVERS)) {
            Ended ended = new Commands().run("diagnose", "-i", lab.inventory().toString(), "src-01", "-o", "json");
            assertThat(ended.code()).isEqualTo(1);
            Path file = folder.resolve("diagnosis.json");
            Files.writeString(file, ended.out());
            assertThat(Schemas.complaints("src/main/resources/schemas/diagnosis-1.schema.json", file))
                    .isEmpty();
            JsonNode causes = new JsonMapper().readTree(ended.out()).path("causes");
            assertThat(causes).hasSize(1);
            assertThat(causes.get(0).path("cause").asString()).isEqualTo("service-crashes");
            assertThat(causes.get(0).path("at").get(0).asString()).isEqualTo("ps-01");
            assertThat(causes.get(0).path("servers").toString()).contains("ps-01", "src-01");
            assertThat(causes.get(0).path("explains").toString()).contains("source.connection", "transport.answer");
            assertThat(causes.get(0).path("confidence").asDouble()).isGreaterThan(0.9);
            assertThat(causes.get(0).path("undecided").isNull()).isTrue();
        }
    }

    @Test
    void oneServerIsThoughtThroughStepByStepInEightyColumns() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, SERVERS)) {
            Ended ended = new Commands().run("diagnose", "-i", lab.inventory().toString(), "ps-01");
            assertThat(ended.out())
                    .contains(
                            "What was looked at on ps-01",
                            "step 2",
                            "rules out:",
                            "service-stopped",
                            "crashed: cxprocessserver")
                    .contains("with it vanish");
            assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void aHealthyServerNeedsNoCause() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, SERVERS)) {
            Ended ended = new Commands().run("diagnose", "-i", lab.inventory().toString(), "ps-02");
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).contains("Nothing is wrong that needs a cause.");
        }
    }

    @Test
    void aCheckEndsWithTheRootCausesAndSavedFactsAreDiagnosedAlike() throws Exception {
        Path facts = folder.resolve("facts");
        try (LabFixture lab = LabFixture.start(folder, SERVERS)) {
            Ended checked =
                    new Commands().run("check", "-i", lab.inventory().toString(), "--save-facts", facts.toString());
            assertThat(checked.out())
                    .contains("Root causes, the most important first", "1. ps-01: crashed: cxprocessserver");
            assertThat(checked.out().lines()).allMatch(line -> line.length() <= 80);
        }
        Ended later = new Commands().run("diagnose", "--facts", facts.toString());
        assertThat(later.out()).contains("crashed: cxprocessserver", "source.connection");
        assertThat(later.code()).isEqualTo(1);
    }

    @Test
    void ownCausesAreReadAndTheirMistakesTold() throws Exception {
        Path own = folder.resolve("own.yaml");
        Files.writeString(own, """
                version: 1
                causes:
                  service-crashes:
                    title: the known bug 4711 of {subjects}
                    needs: [{ check: services.running, status: fail, where: { problem: crashed } }]
                    next: install the fix
                """);
        try (LabFixture lab = LabFixture.start(folder, SERVERS)) {
            assertThat(new Commands()
                            .run("diagnose", "-i", lab.inventory().toString(), "ps-01", "--causes", own.toString())
                            .out())
                    .contains("the known bug 4711 of cxprocessserver", "next: install the fix");
        }
        assertThat(new Commands()
                        .run("explain", "service-crashes", "--causes", own.toString())
                        .out())
                .contains("bug 4711");
        Files.writeString(own, "version: 1\ncauses: { x: { titel: y } }\n");
        Ended ended = new Commands().run("explain", "x", "--causes", own.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("own.yaml:2:16: unknown key 'titel'; did you mean 'title'?");
    }

    @Test
    void badWordsGetOneLine() {
        assertThat(new Commands().run("diagnose", "-o", "yaml").err())
                .isEqualTo(
                        "asrdoctor: unknown output format 'yaml'; known are text, json, csv, junit, html, markdown\n");
        assertThat(new Commands().run("explain", "proxy-dwn").err())
                .startsWith(
                        "asrdoctor: no check, cause or error code is called 'proxy-dwn'; did you mean 'proxy-down'?")
                .hasLineCount(1);
        assertThat(new Commands().run("diagnose", "--facts", "nowhere").code()).isEqualTo(2);
    }

    @Test
    void explainsACauseAsDocsDo() throws Exception {
        assertThat(new Commands().run("explain", "proxy-down").out())
                .contains("proxy-down: ", "It needs", "proxy.reachable fails, where result is timeout");
        String pages = KnowledgeReader.shipped().causes().values().stream()
                .map(CausePage::of)
                .map(page -> Shown.in("markdown", page))
                .map(page -> "#" + page.replace("\n## ", "\n### "))
                .collect(Collectors.joining("\n"));
        String all = "# Causes\n\nEvery cause that `asrdoctor diagnose` knows, written from"
                + " [causes.yaml](../src/main/resources/diagnosis/causes.yaml); [diagnosis.md](diagnosis.md) tells how it"
                + " reasons.\n\n" + pages;
        Path file = Peers.project("docs/causes.md");
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(file, all);
        }
        assertThat(Files.readString(file)).isEqualTo(all);
    }
}
