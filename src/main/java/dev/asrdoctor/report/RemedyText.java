package dev.asrdoctor.report;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a remediation means to do, or has done, in 80 columns. */
public final class RemedyText {
    private final Palette palette;

    public RemedyText(Palette palette) {
        this.palette = palette;
    }

    /** The plan: every step with its reason, and whatever is held back. */
    public void plan(List<ServerResult> servers, @Nullable String stopped, Appendable out) throws IOException {
        stopped(stopped, out);
        int steps = 0;
        for (ServerResult server : servers) {
            if (server.plan().steps().isEmpty() && server.plan().heldBack().isEmpty()) {
                continue;
            }
            head(server, out);
            int number = 0;
            for (Step step : server.plan().steps()) {
                number++;
                steps++;
                lines("  " + number + ". ", strong(Plain.line(step.words())), out);
                faint("why: " + step.why(), out);
                faint("proof: " + step.verifies(), out);
                if (step.undo() != null) {
                    out.append("     ")
                            .append(palette.faint("undo: " + Plain.line(step.undo())))
                            .append('\n');
                }
                if (step.whatIf()) {
                    faint("only rehearsed: the policy says what-if for " + step.remedy(), out);
                }
            }
            heldBack(server, out);
        }
        if (steps == 0) {
            out.append("Nothing to do: ").append(whyNothing(servers)).append(".\n");
        } else {
            out.append('\n')
                    .append("Nothing was changed. Run it again with --apply to do ")
                    .append(steps == 1 ? "this step" : "these " + steps + " steps")
                    .append(".\n");
        }
    }

    /** What was done, each step by what was read afterwards. */
    public void result(List<ServerResult> servers, @Nullable String stopped, Appendable out) throws IOException {
        stopped(stopped, out);
        int verified = 0;
        int failed = 0;
        int untried = 0;
        for (ServerResult server : servers) {
            if (server.plan().steps().isEmpty() && server.plan().heldBack().isEmpty()) {
                continue;
            }
            head(server, out);
            for (StepResult step : server.steps()) {
                boolean good = step.verdict() == StepResult.Verdict.VERIFIED;
                verified += good ? 1 : 0;
                failed += step.failed() ? 1 : 0;
                untried += step.verdict() == StepResult.Verdict.NOT_TRIED
                                && !step.step().whatIf()
                        ? 1
                        : 0;
                Status shade = good ? Status.PASS : step.failed() ? Status.FAIL : Status.WARN;
                lines(palette.status(shade, mark(step)), Plain.line(step.step().key() + ": " + step.reason()), out);
            }
            heldBack(server, out);
        }
        if (untried > 0) {
            out.append('\n')
                    .append(palette.status(Status.WARN, Words.count(untried, "step") + " not tried, and still to do"))
                    .append('\n');
        }
        if (verified + failed + untried == 0) {
            out.append("Nothing was done: ").append(whyNothing(servers)).append(".\n");
        } else if (verified + failed > 0) {
            out.append('\n').append(palette.strong(Words.count(verified, "step") + " done and verified"));
            if (failed > 0) {
                out.append(", ").append(palette.status(Status.FAIL, failed + " not healed"));
            }
            out.append('\n');
        }
    }

    /**
     * One line for each server: what it was and what it is.
     *
     * @param checks that judged both; the others need facts that a remediation does not read
     */
    public void beforeAndAfter(
            List<ServerReport> before, List<ServerReport> after, Collection<String> checks, Appendable out)
            throws IOException {
        String judges = "As far as these tell: " + String.join(", ", checks) + "; asrdoctor check looks at everything.";
        for (String line : Plain.wrap(judges, TextReport.WIDTH)) {
            out.append(palette.faint(line)).append('\n');
        }
        for (int i = 0; i < before.size(); i++) {
            Status was = before.get(i).status();
            Status is = after.get(i).status();
            out.append(palette.status(was, Plain.pad(TextReport.glyph(was) + " " + was, 9)))
                    .append(" -> ")
                    .append(palette.status(is, Plain.pad(TextReport.glyph(is) + " " + is, 9)))
                    .append("  ")
                    .append(Plain.cut(Plain.line(before.get(i).server().name()), TextReport.WIDTH - 24))
                    .append('\n');
        }
    }

    private void stopped(@Nullable String why, Appendable out) throws IOException {
        if (why != null) {
            lines(palette.status(Status.FAIL, "! "), Plain.line("Nothing is done: " + why + "."), out);
            out.append('\n');
        }
    }

    private static String whyNothing(List<ServerResult> servers) {
        return servers.stream().allMatch(server -> server.plan().heldBack().isEmpty())
                ? "nothing that could be read asks for it"
                : "whatever is wrong is left alone";
    }

    private void head(ServerResult server, Appendable out) throws IOException {
        out.append(palette.strong(Plain.cut(Plain.line(server.plan().server().name()), 40)))
                .append(palette.faint("  " + server.plan().server().deployment().id()))
                .append('\n');
    }

    private void heldBack(ServerResult server, Appendable out) throws IOException {
        // Two remedies may leave the same thing alone for the same reason.
        Set<String> told = new LinkedHashSet<>();
        for (HeldBack held : server.plan().heldBack()) {
            told.add(held.target() + " is left alone: " + held.reason());
        }
        for (String text : told) {
            boolean first = true;
            for (Plain.Line line : Plain.advice(text, TextReport.WIDTH - 6)) {
                out.append(first ? palette.status(Status.WARN, "  - ") : line.command() ? "        " : "    ")
                        .append(line.text())
                        .append('\n');
                first = false;
            }
        }
    }

    private void faint(String text, Appendable out) throws IOException {
        for (String line : Plain.wrap(Plain.line(text), TextReport.WIDTH - 6)) {
            out.append(palette.faint("     " + line)).append('\n');
        }
    }

    private static void lines(String first, String text, Appendable out) throws IOException {
        List<String> lines = Plain.wrap(text, TextReport.WIDTH - 6);
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 ? first : "    ").append(lines.get(i)).append('\n');
        }
    }

    /** The verb stands out. */
    private String strong(String words) {
        int end = words.indexOf(' ');
        return palette.strong(words.substring(0, end)) + words.substring(end);
    }

    private static String mark(StepResult step) {
        return switch (step.verdict()) {
            case VERIFIED -> "  + ";
            case UNKNOWN -> "  ? ";
            case NOT_TRIED -> "  - ";
            case NO_EFFECT, FAILED, STOPPED_AGAIN, KEPT_OUT -> "  x ";
        };
    }
}
