package dev.asrdoctor.report.view;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a remediation, and what it holds back, as rows and as cases. */
final class RemedyRows {
    private static final List<String> COLUMNS = List.of(
            "server",
            "deployment",
            "remedy",
            "action",
            "target",
            "from",
            "to",
            "whatIf",
            "verdict",
            "reason",
            "why",
            "undo");

    private RemedyRows() {}

    static Document of(Document document, List<ServerResult> servers, List<ServerReport> unreached) {
        return document.with(new Sheet(
                        COLUMNS,
                        () -> servers.stream().flatMap(RemedyRows::rows).iterator()))
                .with(new Document.Suites(
                        "asrdoctor remediation",
                        () -> Stream.concat(
                                        servers.stream().map(RemedyRows::suite),
                                        unreached.stream().map(RemedyRows::unreached))
                                .iterator()));
    }

    private static Stream<List<String>> rows(ServerResult server) {
        String name = server.plan().server().name();
        String deployment = server.plan().server().deployment().id();
        return Stream.concat(
                server.plan().steps().stream().map(step -> {
                    Optional<StepResult> result = result(server, step);
                    return List.of(
                            name,
                            deployment,
                            step.remedy(),
                            step.action().word(),
                            step.target(),
                            text(step.from()),
                            text(step.to()),
                            String.valueOf(step.whatIf()),
                            result.map(done -> done.verdict().name()).orElse("PLANNED"),
                            result.map(StepResult::reason).orElse(""),
                            step.why(),
                            text(step.undo()));
                }),
                server.plan().heldBack().stream()
                        .map(held -> List.of(
                                name,
                                deployment,
                                held.remedy(),
                                "",
                                held.target(),
                                "",
                                "",
                                "",
                                "HELD_BACK",
                                held.reason(),
                                held.guard(),
                                "")));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Optional<StepResult> result(ServerResult server, Step step) {
        return server.steps().stream().filter(done -> done.step().equals(step)).findFirst();
    }

    private static Suite suite(ServerResult server) {
        Stream<Case> steps = server.plan().steps().stream()
                .map(step -> result(server, step).map(RemedyRows::test).orElseGet(() -> planned(step)));
        Stream<Case> held = server.plan().heldBack().stream().map(RemedyRows::test);
        return suite(server.plan().server().name(), Stream.concat(steps, held).toList());
    }

    private static Suite unreached(ServerReport report) {
        return suite(
                report.server().name(),
                report.findings().stream().map(CheckReport::test).toList());
    }

    private static Suite suite(String server, List<Case> cases) {
        return new Suite(server, "asrdoctor.remediation." + server, null, Map.of(), cases, "");
    }

    private static Case test(StepResult result) {
        Outcome outcome = switch (result.verdict()) {
            case VERIFIED -> Outcome.PASSED;
            case NOT_TRIED -> Outcome.SKIPPED;
            case UNKNOWN -> Outcome.ERROR;
            case NO_EFFECT, FAILED, STOPPED_AGAIN, KEPT_OUT -> Outcome.FAILED;
        };
        return new Case(
                result.step().words(),
                outcome,
                result.verdict() + ": " + result.reason(),
                result.verdict() + ": " + result.reason() + "\nwhy: "
                        + result.step().why());
    }

    private static Case planned(Step step) {
        return new Case(step.words(), Outcome.SKIPPED, "planned, and not done", "why: " + step.why());
    }

    private static Case test(HeldBack held) {
        return new Case(held.target() + " is left alone", Outcome.SKIPPED, held.reason(), held.guard());
    }
}
