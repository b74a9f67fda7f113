package dev.asrdoctor.report.view;

import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Map;

/** Causes as rows, and as cases of a build: a fault fails, the others are told. */
final class CauseRows {
    private static final List<String> COLUMNS = List.of(
            "cause",
            "kind",
            "confidence",
            "sureness",
            "title",
            "at",
            "servers",
            "machines",
            "since",
            "nextAction",
            "remedy");

    private CauseRows() {}

    static Sheet sheet(Diagnosis diagnosis) {
        return new Sheet(
                COLUMNS, () -> diagnosis.causes().stream().map(CauseRows::row).iterator());
    }

    private static List<String> row(Diagnosis.Named cause) {
        return List.of(
                cause.cause(),
                Words.word(cause.kind()),
                String.valueOf(cause.confidence()),
                cause.sureness(),
                cause.title(),
                String.join("; ", cause.at()),
                String.join("; ", cause.servers()),
                String.valueOf(cause.machines()),
                cause.since() == null ? "" : cause.since().toString(),
                cause.nextAction(),
                cause.remedy() == null ? "" : cause.remedy());
    }

    static Document.Suites suites(Diagnosis diagnosis) {
        return new Document.Suites(
                "asrdoctor diagnosis",
                List.of(new Suite(
                        "causes",
                        "asrdoctor.diagnosis",
                        null,
                        Map.of(),
                        diagnosis.causes().stream().map(CauseRows::test).toList(),
                        "")));
    }

    private static Case test(Diagnosis.Named cause) {
        return new Case(
                cause.cause() + " on " + String.join(", ", cause.at()),
                cause.kind() == Cause.Kind.FAULT ? Outcome.FAILED : Outcome.NOTED,
                cause.title(),
                cause.title() + "\nnext: " + cause.nextAction());
    }
}
