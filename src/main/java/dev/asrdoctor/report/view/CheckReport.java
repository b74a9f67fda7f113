package dev.asrdoctor.report.view;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import dev.asrdoctor.report.model.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A check run: what is wrong by cause, and every server with its findings. */
public final class CheckReport {
    private static final List<String> COLUMNS = List.of(
            "server",
            "deployment",
            "site",
            "serverStatus",
            "check",
            "step",
            "subject",
            "status",
            "severity",
            "title",
            "nextAction",
            "evidence",
            "plannedChange");

    private CheckReport() {}

    /**
     * What was seen beside the findings.
     *
     * @param diagnosis asked for only where it is shown
     * @param costs by server; empty where nobody asked for them
     * @param waits in words by server
     */
    public record Beside(
            Supplier<Diagnosis> diagnosis,
            Supplier<Map<String, Cost>> costs,
            Supplier<Map<String, List<String>>> waits) {}

    public static Document of(List<ServerReport> servers, RunInfo run, CheckView.Detail detail, Beside beside) {
        CheckView view = new CheckView(servers, run, detail);
        Iterable<Block> conclusion = () -> Stream.of(
                        Stream.of(view.summary()),
                        Stream.<Block>of(
                                new Only(
                                        Medium.TERMINAL,
                                        () -> DiagnosisView.ranking(beside.diagnosis.get())
                                                .iterator()),
                                new Only(
                                        Medium.PAGE,
                                        () -> new DiagnosisView(beside.diagnosis.get(), run.planned())
                                                .sections()
                                                .iterator())),
                        detail == CheckView.Detail.VERBOSE
                                ? CostView.of(beside.costs.get(), beside.waits.get())
                                : Stream.<Block>empty(),
                        Stream.<Block>of(new Only(Medium.PAGE, List.of(about(run)))))
                .flatMap(blocks -> blocks)
                .iterator();
        return new Document(
                        "Check of " + servers.size() + (servers.size() == 1 ? " server" : " servers"),
                        conclusion,
                        view.body())
                .with(new Sheet(
                        COLUMNS,
                        () -> servers.stream()
                                .flatMap(server -> rows(server, run.planned()))
                                .iterator()))
                .with(new Document.Suites(
                        "asrdoctor",
                        () -> servers.stream().map(server -> suite(server, run)).iterator()));
    }

    static Block about(RunInfo run) {
        return new Note(
                Tone.FAINT, Prose.words("Read ").and(run.startedAt()).and(" by asrdoctor " + run.toolVersion() + "."));
    }

    private static Stream<List<String>> rows(ServerReport report, OpenWindows windows) {
        String planned =
                windows.of(report.server().name()).map(OpenWindows.Hold::change).orElse("");
        String site = report.server().site();
        return report.findings().stream()
                .map(finding -> List.of(
                        report.server().name(),
                        report.server().deployment().id(),
                        site == null ? "" : site,
                        report.status().name(),
                        finding.check(),
                        finding.step(),
                        finding.subject(),
                        finding.status().name(),
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        finding.title(),
                        finding.nextAction() == null ? "" : finding.nextAction(),
                        finding.evidence().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining("; ")),
                        planned));
    }

    private static Suite suite(ServerReport report, RunInfo run) {
        String name = report.server().name();
        return new Suite(
                name,
                "asrdoctor." + name,
                run.startedAt(),
                run.planned()
                        .of(name)
                        .map(hold -> Map.of("plannedChange", hold.change() + " until " + hold.until()))
                        .orElse(Map.of()),
                report.findings().stream().map(CheckReport::test).toList(),
                "");
    }

    static Case test(Finding finding) {
        String name = finding.subject().isEmpty() ? finding.check() : finding.check() + " " + finding.subject();
        List<String> lines = new ArrayList<>(List.of(finding.title()));
        if (finding.nextAction() != null) {
            lines.add("next: " + finding.nextAction());
        }
        finding.evidence().forEach((key, value) -> lines.add(key + "=" + value));
        return new Case(name, outcome(finding.status()), finding.title(), String.join("\n", lines));
    }

    private static Outcome outcome(Status status) {
        return switch (status) {
            case PASS -> Outcome.PASSED;
            case WARN -> Outcome.NOTED;
            case FAIL -> Outcome.FAILED;
            case UNKNOWN -> Outcome.ERROR;
            case SKIPPED, WAIVED -> Outcome.SKIPPED;
        };
    }
}
