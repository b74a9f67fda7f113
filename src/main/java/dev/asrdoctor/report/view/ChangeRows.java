package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A verified change as rows and as cases: for each server whether it can be reached, each problem that is new or gone, and each
 * declared difference; undeclared ones are told as output.
 */
final class ChangeRows {
    private static final List<String> COLUMNS =
            List.of("server", "verdict", "what", "kind", "check", "title", "before", "after", "nextAction");

    private ChangeRows() {}

    static Document of(Document document, ChangeReport report) {
        List<ServerChange> servers = report.assessment().servers();
        return document.with(new Sheet(
                        COLUMNS,
                        () -> Stream.concat(
                                        servers.stream().flatMap(ChangeRows::rows),
                                        report.assessment().missingAnywhere().stream()
                                                .map(missing -> row("any", "FAIL", missing)))
                                .iterator()))
                .with(new Document.Suites(
                        "asrdoctor change " + report.window().id(),
                        () -> Stream.concat(
                                        servers.stream()
                                                .map(server ->
                                                        suite(server.server(), cases(server), output(server), report)),
                                        anywhere(report))
                                .iterator()));
    }

    private static Stream<Suite> anywhere(ChangeReport report) {
        List<Case> anywhere = report.assessment().missingAnywhere().stream()
                .map(ChangeRows::missing)
                .toList();
        return anywhere.isEmpty() ? Stream.empty() : Stream.of(suite("any server", anywhere, "", report));
    }

    private static Stream<List<String>> rows(ServerChange server) {
        String verdict = server.verdict().name();
        Reading.Unread unread = server.unread();
        Stream<List<String>> reached = Stream.of(List.of(
                server.server(),
                verdict,
                "server",
                unread == null ? "reached" : "not-reached",
                "",
                unread == null ? ChangeWords.why(server) : unread.message(),
                "",
                "",
                unread == null ? "" : unread.advice()));
        Stream<List<String>> problems = server.problems().stream()
                .map(problem -> List.of(
                        server.server(),
                        verdict,
                        "problem",
                        Words.word(problem.kind()),
                        problem.finding().check(),
                        problem.finding().title(),
                        "",
                        "",
                        text(problem.finding().nextAction())));
        Stream<List<String>> differences = server.drift().stream()
                .map(drift -> List.of(
                        server.server(),
                        verdict,
                        "difference",
                        drift.declared() == null ? "undeclared" : "declared",
                        "",
                        drift.difference().path(),
                        text(drift.difference().before()),
                        text(drift.difference().after()),
                        ""));
        Stream<List<String>> missing = server.missing().stream().map(one -> row(server.server(), verdict, one));
        return Stream.of(reached, problems, differences, missing).flatMap(rows -> rows);
    }

    private static List<String> row(String server, String verdict, Missing missing) {
        return List.of(
                server,
                verdict,
                "difference",
                "missing",
                "",
                missing.expectation().text(),
                "",
                missing.instead(),
                "");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Suite suite(String name, List<Case> cases, String output, ChangeReport report) {
        return new Suite(
                name,
                "asrdoctor." + report.window().id() + "." + name,
                report.verification().startedAt(),
                Map.of(),
                cases,
                output);
    }

    private static List<Case> cases(ServerChange server) {
        Reading.Unread unread = server.unread();
        if (unread != null) {
            return List.of(new Case(
                    "reachable", Outcome.ERROR, unread.message(), unread.message() + "\nnext: " + unread.advice()));
        }
        List<Case> cases = new ArrayList<>();
        cases.add(Case.passed("reachable"));
        for (ProblemChange problem : server.problems()) {
            String name = (problem.finding().check() + " " + problem.finding().subject()).strip();
            cases.add(
                    problem.kind() == ProblemChange.Kind.NEW
                            ? new Case(name, Outcome.FAILED, problem.finding().title(), told(problem))
                            : Case.passed(name));
        }
        for (Drift drift : server.declared()) {
            cases.add(Case.passed("declared " + drift.difference().path()));
        }
        server.missing().forEach(missing -> cases.add(missing(missing)));
        return cases;
    }

    private static String told(ProblemChange problem) {
        String next = problem.finding().nextAction();
        return problem.finding().title() + (next == null ? "" : "\nnext: " + next);
    }

    private static Case missing(Missing missing) {
        String message = "declared, but not come: " + missing.expectation().text();
        return new Case(
                "declared " + missing.expectation().path(),
                Outcome.FAILED,
                message,
                message + "\n" + missing.instead());
    }

    private static String output(ServerChange server) {
        StringBuilder text = new StringBuilder();
        server.problems(ProblemChange.Kind.NEW_WARNING)
                .forEach(problem ->
                        text.append("new warning: ").append(told(problem)).append('\n'));
        server.undeclared()
                .forEach(drift ->
                        text.append(ChangeWords.words(drift.difference())).append('\n'));
        return text.toString();
    }
}
