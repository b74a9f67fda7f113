package dev.asrdoctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.format.Formats;
import dev.asrdoctor.report.json.CheckJson;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.CheckReport;
import dev.asrdoctor.report.view.CheckView;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.Shown;
import dev.asrdoctor.text.Plain;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts come from servers that somebody else may control: no format breaks, and no terminal obeys them. */
class HostileTextTest {
    private static final RunInfo RUN =
            new RunInfo("1", Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T10:00:01Z"));
    private static final String[] PIECES = {
        "\u001b[31m",
        "\u001b]0;title\u0007",
        "\r\n",
        "\t",
        "\u0000",
        "<b>&\"'",
        "]]>",
        "=1+1",
        ",;\"",
        "\u202e",
        "\u009b31m",
        "\u0085",
        "\u2028",
        "\u007f",
        "\udb40\udc41",
        "e\u0301",
        "\u65e5\u672c\u8a9e",
        "\ud83d\ude00",
        "\ud800",
        "\uffff",
        "plain words ",
        "averyveryverylongwordwithoutanyblank",
        "\\",
        " "
    };

    @RepeatedTest(200)
    void everyFormatStaysWhole(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<ServerReport> servers = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            servers.add(server(random));
        }
        assertTextIsTame(servers);
        assertJsonTellsTheSame(servers);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text("junit", servers))));
        for (String format : Formats.of(Subject.CHECK)) {
            assertNobodyObeys(text(format, servers));
        }
        assertThat(text("html", servers))
                .doesNotContain("<b>&\"")
                .containsOnlyOnce("<script")
                .endsWith("</html>\n");
        assertThat(text("markdown", servers)).doesNotContain("<b>", "\r");
        assertThat(records(text("csv", servers)))
                .hasSize(1 + servers.stream().mapToInt(s -> s.findings().size()).sum())
                .allMatch(fields -> fields.size() == 13)
                .allSatisfy(fields -> assertThat(fields).noneMatch(field -> field.matches("(?s)[=+\\-@\\t\\r].*")));
    }

    @ParameterizedTest
    @CsvSource({"PASS,HEALTHY", "WARN,HEALTHY", "FAIL,PROBLEMS", "UNKNOWN,NOT_CHECKED", "SKIPPED,HEALTHY"})
    void eachStatusHasItsExitCode(Status status, ExitCode code) {
        assertThat(ExitCode.of(List.of(of(status)))).isEqualTo(code);
    }

    @Test
    void whatCouldNotBeCheckedIsNeverHiddenBehindAProblem() {
        assertThat(ExitCode.of(List.of(of(Status.FAIL), of(Status.UNKNOWN), of(Status.PASS))))
                .isEqualTo(ExitCode.NOT_CHECKED);
    }

    private static void assertTextIsTame(List<ServerReport> servers) throws Exception {
        for (CheckView.Detail detail : CheckView.Detail.values()) {
            String text = Shown.in("text", document(servers, detail));
            assertThat(text.lines()).allMatch(line -> Plain.columns(line) <= 80);
            assertThat(text.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
            assertThat(text).doesNotContain("\u202e");
        }
    }

    /** Neither a terminal nor a pager nor an editor: no control character, nothing that turns the direction, no half pair. */
    private static void assertNobodyObeys(String text) {
        assertThat(text.codePoints().filter(c -> c != '\n' && c != '\r').boxed())
                .noneMatch(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                });
    }

    private static void assertJsonTellsTheSame(List<ServerReport> servers) throws Exception {
        JsonNode json = new JsonMapper().readTree(text("json", servers));
        for (int i = 0; i < servers.size(); i++) {
            Finding finding = servers.get(i).findings().getFirst();
            JsonNode told = json.path("servers").path(i).path("findings").path(0);
            assertThat(told.path("status").asString())
                    .isEqualTo(finding.status().name());
            if (!finding.title().contains("\ud800")) {
                assertThat(told.path("title").asString()).isEqualTo(finding.title());
            }
        }
    }

    private static String text(String format, List<ServerReport> servers) {
        return Shown.in(format, document(servers, CheckView.Detail.NORMAL), new CheckJson(servers, RUN));
    }

    private static Document document(List<ServerReport> servers, CheckView.Detail detail) {
        return CheckReport.of(
                servers,
                RUN,
                detail,
                new CheckReport.Beside(() -> new Diagnosis(servers.size(), List.of(), Map.of()), Map::of, Map::of));
    }

    private static ServerReport server(Random random) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Status status = Status.values()[random.nextInt(Status.values().length)];
            findings.add(new Finding(
                    "services.running",
                    "2",
                    hostile(random),
                    status,
                    Severity.HIGH,
                    hostile(random),
                    Map.of("read", hostile(random), "list", List.of(hostile(random))),
                    random.nextBoolean() ? hostile(random) : null));
        }
        return ServerReport.of(ResolvedServer.asSaid(named(hostile(random))), findings);
    }

    private static ServerReport of(Status status) {
        return ServerReport.of(
                ResolvedServer.asSaid(named("ps")),
                List.of(new Finding("c", "2", "", status, Severity.LOW, "t", Map.of(), null)));
    }

    private static Server named(String name) {
        return ServerMaker.server(name, Deployment.STANDALONE);
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(8); i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** RFC 4180, read back. */
    private static List<List<String>> records(String csv) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || (c == '\r' && csv.charAt(i + 1) == '\n')) {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\r') {
                    records.add(fields);
                    fields = new ArrayList<>();
                    i++;
                }
            } else {
                field.append(c);
            }
        }
        return records;
    }
}
