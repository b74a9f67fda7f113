package dev.asrdoctor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.format.Formats;
import dev.asrdoctor.report.format.Look;
import dev.asrdoctor.report.json.CheckJson;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.CheckReport;
import dev.asrdoctor.report.view.CheckView.Detail;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.Shown;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckViewTest {
    private static final RunInfo RUN =
            new RunInfo("1", Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T10:00:01Z"));

    private static Finding finding(Status status, String title) {
        return new Finding(
                "services.running",
                "2",
                "svagents",
                status,
                Severity.HIGH,
                title,
                Map.of("state", "stopped"),
                "start it");
    }

    private static ServerReport server(String name, Finding... findings) {
        return ServerReport.of(
                ResolvedServer.asSaid(ServerMaker.server(name, Deployment.STANDALONE)), List.of(findings));
    }

    private static ServerReport healthy(int number) {
        return server("well-" + number, finding(Status.PASS, "all is well"));
    }

    private static Document document(List<ServerReport> servers, Detail detail) {
        return document(servers, RUN, detail);
    }

    private static Document document(List<ServerReport> servers, RunInfo run, Detail detail) {
        return CheckReport.of(
                servers,
                run,
                detail,
                new CheckReport.Beside(() -> new Diagnosis(servers.size(), List.of(), Map.of()), Map::of, Map::of));
    }

    private static String text(List<ServerReport> servers, Detail detail) {
        return Shown.in("text", document(servers, detail));
    }

    private static List<ServerReport> fourteenAlike() {
        return IntStream.rangeClosed(1, 14)
                .mapToObj(i -> server("ps-" + i, finding(Status.FAIL, "svagents is stopped")))
                .toList();
    }

    @Test
    void equalFindingsOfManyServersAreOneBlockWithTheirNames() {
        for (Detail detail : List.of(Detail.QUIET, Detail.NORMAL)) {
            assertThat(text(fourteenAlike(), detail))
                    .containsOnlyOnce("svagents is stopped")
                    .containsOnlyOnce("next: start it")
                    .contains("x FAIL    14 servers           standalone            1 finding each")
                    .contains("ps-1, ps-2, ps-3,", "ps-14\n")
                    .contains("14 servers: 14 failing");
        }
    }

    @Test
    void aServerWithMoreThanTheOthersIsToldForThatAlone() {
        List<ServerReport> servers = new ArrayList<>(fourteenAlike());
        servers.add(server("odd", finding(Status.FAIL, "svagents is stopped"), finding(Status.WARN, "a full disk")));
        assertThat(text(servers, Detail.NORMAL))
                .containsOnlyOnce("svagents is stopped")
                .contains(
                        "15 servers",
                        "x FAIL    odd                  standalone            1 finding, 1 above\n    ! a full disk");
    }

    @Test
    void whatDiffersInAWordIsNotEqual() {
        List<ServerReport> servers = List.of(
                server("a", finding(Status.FAIL, "svagents is stopped")),
                server("b", finding(Status.FAIL, "cxps is stopped")),
                server("c", finding(Status.WARN, "svagents is stopped")));
        assertThat(text(servers, Detail.NORMAL)).doesNotContain("2 servers").contains("x FAIL    a ", "! WARN    c ");
    }

    @Test
    void theWorstComesFirstWhetherSharedOrNot() {
        List<ServerReport> servers = List.of(
                server("w1", finding(Status.WARN, "slow")),
                server("w2", finding(Status.WARN, "slow")),
                server("f", finding(Status.FAIL, "stopped")));
        assertThat(text(servers, Detail.NORMAL)).containsSubsequence("x FAIL    f", "! WARN    2 servers", "w1, w2");
    }

    @Test
    void manyHealthyServersAreOneLineUnlessEachIsAskedFor() {
        List<ServerReport> servers =
                IntStream.range(0, 81).mapToObj(CheckViewTest::healthy).toList();
        assertThat(text(servers, Detail.NORMAL))
                .isEqualTo("+ 81 servers pass; -v tells each\n\n81 servers: 81 healthy (1.0 s)\n");
        assertThat(text(servers, Detail.VERBOSE).lines().filter(line -> line.startsWith("+ PASS    well-")))
                .hasSize(81);
        assertThat(text(servers.subList(0, 20), Detail.NORMAL).lines().filter(line -> line.startsWith("+ PASS")))
                .hasSize(20);
    }

    @Test
    void passesOfAServerAreOneLineButForASingleServer() {
        ServerReport server = server(
                "ps", finding(Status.FAIL, "stopped"), finding(Status.PASS, "good"), finding(Status.PASS, "fine"));
        assertThat(text(List.of(server, healthy(1)), Detail.VERBOSE))
                .contains("    + 2 checks passed: services.running\n")
                .contains("      state=stopped\n")
                .doesNotContain("good");
        assertThat(text(List.of(server), Detail.VERBOSE)).contains("    + good\n", "    + fine\n");
    }

    @Test
    void aPageTellsWhatIsWrongFirstAndFoldsWhatPassed() {
        List<ServerReport> servers = List.of(healthy(1), server("ill", finding(Status.FAIL, "stopped")), healthy(2));
        assertThat(Shown.in("html", document(servers, Detail.NORMAL)))
                .containsSubsequence(
                        "<summary><span class=\"badge bad\">FAIL</span> <b>ill</b>",
                        "<details class=\"folded\"><summary>2 healthy servers</summary>",
                        "well-1",
                        "</details>");
        assertThat(Shown.in("markdown", document(servers, Detail.NORMAL)))
                .containsSubsequence("FAIL: ill", "<summary>2 healthy servers</summary>", "PASS: well-1");
    }

    static List<String> formats() {
        return Formats.of(Subject.CHECK);
    }

    /** Each server is written before the next one is asked for, so that nothing grows with their number. */
    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatWritesServerByServer(String format) throws Exception {
        int many = 3000;
        StringWriter out = new StringWriter();
        List<ServerReport> servers = IntStream.range(0, many)
                .mapToObj(i -> server("ps-" + i, finding(Status.FAIL, "svagents is stopped on " + i)))
                .toList();
        AtomicInteger writtenAtLast = new AtomicInteger();
        OpenWindows planned = mock(OpenWindows.class);
        when(planned.of(anyString())).thenAnswer(asked -> {
            if (asked.getArgument(0).equals("ps-" + (many - 1))) {
                writtenAtLast.set(out.getBuffer().length());
            }
            return Optional.empty();
        });
        RunInfo run = new RunInfo("1", RUN.startedAt(), RUN.finishedAt(), planned);
        Report report = new Report(document(servers, run, Detail.NORMAL), new CheckJson(servers, run));
        Formats.named(format).write(report, Look.PLAIN, out);
        assertThat(out.getBuffer().length()).isGreaterThan(100_000);
        assertThat(writtenAtLast.get()).isGreaterThan(out.getBuffer().length() / 2);
    }
}
