package dev.asrdoctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.json.ChangeReportJson;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.view.ChangeView;
import dev.asrdoctor.report.view.WindowsView;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.Shown;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** No report of a change breaks, or obeys, what a server or a person has written. */
class ChangeHostileTextTest {
    private static final List<String> PIECES = List.of(
            "\u001b[31m",
            "\r\n",
            "\t",
            "\u0000",
            "<script>alert(1)</script>",
            "<b>&\"'",
            "]]>",
            "| x |",
            "](http://x)",
            "`",
            "# ",
            "\u202e",
            "\u65e5\u672c",
            "\ud800",
            "\uffff",
            "words ",
            "\\",
            "/",
            "%");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @RepeatedTest(100)
    void everyFormatStaysWhole(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        ChangeReport report = report(random);
        Document told = ChangeView.of(report, true, "");
        String text = Shown.in("text", told) + Shown.in("text", WindowsView.one(report.window(), NOON, true));
        assertThat(text).doesNotContain("\u001b", "\u0000", "\r", "\u202e");
        assertThat(Shown.in("html", told))
                .doesNotContain("<script>alert", "<b>&\"", "\u0000", "\u202e")
                .endsWith("</html>\n");
        String markdown = Shown.in("markdown", told);
        assertThat(markdown).doesNotContain("<script", "\r");
        assertThat(markdown.lines())
                .allMatch(line -> line.isEmpty()
                        || line.startsWith("#")
                        || line.startsWith("|")
                        || line.startsWith("- ")
                        || line.matches("</?details>.*")
                        || line.matches("\\d+ server.*"));
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Shown.in("junit", told))));
        String json = Shown.in("json", told, new ChangeReportJson(report));
        assertThat(new JsonMapper().readTree(json).path("servers")).hasSize(1);
    }

    private static ChangeReport report(Random random) {
        ServerMaker maker = ServerMaker.healthy(Deployment.STANDALONE);
        Facts before = maker.facts();
        maker.service(text(random));
        Facts after = maker.facts();
        Finding finding = new Finding(
                "services.running",
                "",
                text(random),
                random.nextBoolean() ? Status.FAIL : Status.WARN,
                Severity.HIGH,
                text(random),
                Map.of(),
                text(random));
        Assessment assessment = Assessment.of(
                List.of("ps1"),
                new Judged(
                        Map.of("ps1", new Reading.Read(before)),
                        List.of(ServerReport.of(ResolvedServer.asSaid(maker.server()), List.of()))),
                new Judged(
                        Map.of(
                                "ps1",
                                random.nextInt(4) == 0
                                        ? new Reading.Unread("tcp", "x", text(random), text(random))
                                        : new Reading.Read(after)),
                        List.of(ServerReport.of(ResolvedServer.asSaid(maker.server()), List.of(finding)))),
                List.of(),
                List.of(text(random)));
        Basis basis = new Basis(text(random), Path.of("other.yaml"), "", "");
        Window.Verification verification =
                new Window.Verification(1, NOON, NOON, text(random), Verdict.FAIL, "", basis, List.of());
        Window window = new Window(
                "CHG1",
                Window.State.OPEN,
                NOON,
                NOON,
                text(random),
                Path.of("fleet.yaml"),
                List.of("ps1"),
                null,
                text(random),
                "",
                basis,
                List.of(verification),
                List.of(new Window.Event(NOON, text(random), "opened", text(random))));
        return new ChangeReport(window, verification, assessment, "1", "built-in values", "");
    }

    private static String text(Random random) {
        return "x"
                + IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                        .collect(Collectors.joining());
    }
}
