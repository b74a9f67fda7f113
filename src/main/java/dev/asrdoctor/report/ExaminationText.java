package dev.asrdoctor.report;

import dev.asrdoctor.check.Status;
import dev.asrdoctor.connect.Examination;
import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.connect.Examination.Verdict;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** How connecting went, for people: a line a step, and at the one that failed what to do where. */
public final class ExaminationText {
    private static final int NAME_COLUMN = 8;
    private static final int TOLD_COLUMN = 26;

    private final Palette palette;

    public ExaminationText(Palette palette) {
        this.palette = palette;
    }

    public void write(List<Examination> examinations, Appendable out) throws IOException {
        for (Examination examination : examinations) {
            out.append(palette.strong(Plain.line(examination.server().name())))
                    .append("  ")
                    .append(Plain.line(examination.at()))
                    .append('\n');
            for (Result result : examination.steps()) {
                if (result.verdict() != Verdict.NOT_REACHED) {
                    write(result, out);
                }
            }
            notReached(examination, out);
            out.append('\n');
        }
        long connect = examinations.stream().filter(Examination::connects).count();
        out.append(connect + " of " + Words.count(examinations.size(), "server")
                + (examinations.size() == 1 ? " connects" : " connect") + "\n");
    }

    private void notReached(Examination examination, Appendable out) throws IOException {
        String steps = examination.steps().stream()
                .filter(result -> result.verdict() == Verdict.NOT_REACHED)
                .map(result -> result.step().words())
                .collect(Collectors.joining(", "));
        if (!steps.isEmpty()) {
            for (String line : Plain.wrap("not reached: " + steps, TextReport.WIDTH - NAME_COLUMN)) {
                out.append(" ".repeat(NAME_COLUMN)).append(palette.faint(line)).append('\n');
            }
        }
    }

    private void write(Result result, Appendable out) throws IOException {
        List<String> told = Plain.wrap(Plain.line(result.told()), TextReport.WIDTH - TOLD_COLUMN);
        out.append("  ")
                .append(mark(result.verdict()))
                .append(Plain.pad(result.step().words(), TOLD_COLUMN - NAME_COLUMN))
                .append(told.isEmpty() ? "" : told.getFirst())
                .append('\n');
        for (String line : told.subList(Math.min(1, told.size()), told.size())) {
            out.append(" ".repeat(TOLD_COLUMN)).append(line).append('\n');
        }
        for (Detail detail : result.details()) {
            write(detail, out);
        }
        for (Action action : result.actions()) {
            write(action, out);
        }
    }

    private static void write(Detail detail, Appendable out) throws IOException {
        int column = TOLD_COLUMN + 10;
        String name = Plain.pad(detail.name(), column - TOLD_COLUMN);
        // A fingerprint is copied, so it stays in one piece.
        List<String> lines = detail.value().indexOf(' ') < 0
                ? List.of(Plain.line(detail.value()))
                : Plain.wrap(Plain.line(detail.value()), TextReport.WIDTH - column);
        for (int i = 0; i < lines.size(); i++) {
            out.append(" ".repeat(TOLD_COLUMN))
                    .append(i == 0 ? name : " ".repeat(column - TOLD_COLUMN))
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private void write(Action action, Appendable out) throws IOException {
        String before = switch (action.where()) {
            case THE_INVENTORY -> "in ";
            default -> "on ";
        };
        String where = before + action.where().words() + ": ";
        List<String> lines = Plain.wrap(where + Plain.line(action.what()), TextReport.WIDTH - NAME_COLUMN - 2);
        for (int i = 0; i < lines.size(); i++) {
            out.append(" ".repeat(NAME_COLUMN))
                    .append(i == 0 ? "> " : "  ")
                    .append(lines.get(i))
                    .append('\n');
        }
        for (String line : action.lines()) {
            out.append(" ".repeat(NAME_COLUMN + 4))
                    .append(palette.strong(Plain.line(line)))
                    .append('\n');
        }
    }

    private String mark(Verdict verdict) {
        return switch (verdict) {
            case OK -> palette.status(Status.PASS, "ok    ");
            case WARN -> palette.status(Status.WARN, "WARN  ");
            case FAIL -> palette.status(Status.FAIL, "FAIL  ");
            case UNKNOWN, NOT_REACHED -> palette.faint("-     ");
        };
    }
}
