package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Root causes for people, in 80 columns. */
public final class DiagnosisText {
    private static final int WIDTH = TextReport.WIDTH;
    private static final int NAMES = 4;
    private static final int SHOWN_FINDINGS = 6;
    private static final int FEW = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ROOT);

    private final Palette palette;
    private final ZoneId zone;
    private final OpenWindows planned;

    /**
     * @param zone in which moments are told
     * @param planned servers whose trouble is expected, because a change is being made
     */
    public DiagnosisText(Palette palette, ZoneId zone, OpenWindows planned) {
        this.palette = palette;
        this.zone = zone;
        this.planned = planned;
    }

    /** A few lines at the end of a check; nothing where nothing is wrong. */
    public void ranking(Diagnosis diagnosis, Appendable out) throws IOException {
        List<Diagnosis.Named> faults = diagnosis.causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .toList();
        if (faults.isEmpty()) {
            return;
        }
        out.append('\n')
                .append(palette.strong("Root causes, the most important first"))
                .append('\n');
        for (int i = 0; i < Math.min(FEW, faults.size()); i++) {
            Diagnosis.Named cause = faults.get(i);
            String where = servers(cause.at(), diagnosis.servers());
            lines(
                    "  " + (i + 1) + ". ",
                    where + ": " + cause.title() + " (" + sureness(cause) + explained(cause) + ")",
                    false,
                    out);
        }
        int more = diagnosis.causes().size() - Math.min(FEW, faults.size());
        lines(
                "  ",
                (more > 0 ? "and " + more + " more; " : "") + "asrdoctor diagnose tells why, and what to do first",
                true,
                out);
    }

    /** Every cause of many servers. */
    public void all(Diagnosis diagnosis, Appendable out) throws IOException {
        if (diagnosis.causes().isEmpty()) {
            out.append("Nothing is wrong that needs a cause.\n");
            return;
        }
        int number = 1;
        Cause.@Nullable Kind kind = null;
        for (Diagnosis.Named cause : diagnosis.causes()) {
            if (cause.kind() != kind) {
                kind = cause.kind();
                out.append(number == 1 ? "" : "\n")
                        .append(palette.strong(heading(kind)))
                        .append('\n');
            }
            out.append('\n');
            cause(number++, cause, diagnosis.servers(), out);
        }
    }

    /** How one server was thought through, and what came of it. */
    public void one(String server, Diagnosis diagnosis, Appendable out) throws IOException {
        out.append(palette.strong("What was looked at on " + Plain.line(server)))
                .append('\n');
        List<String> unasked = new ArrayList<>();
        for (Diagnosis.Answered answered : diagnosis.reasoning().getOrDefault(server, List.of())) {
            Status status = answered.status();
            if (status == null) {
                unasked.add(answered.question().ask());
            } else {
                answered(answered, status, out);
            }
        }
        if (!unasked.isEmpty()) {
            lines("  - ", "Not known, or not asked of such a server: " + String.join(" ", unasked), true, out);
        }
        out.append('\n');
        all(diagnosis, out);
    }

    private void answered(Diagnosis.Answered answered, Status status, Appendable out) throws IOException {
        int step = answered.question().step();
        out.append(palette.status(status, "  " + TextReport.glyph(status) + " "))
                .append(answered.question().ask())
                .append(palette.faint(step == 0 ? "" : "  step " + step))
                .append('\n');
        if (status != Status.PASS && status != Status.SKIPPED) {
            for (Hit hit : answered.findings()) {
                lines(
                        "      " + TextReport.glyph(hit.finding().status()) + " ",
                        hit.finding().title(),
                        false,
                        out);
            }
        } else if (!answered.findings().isEmpty()) {
            lines("      ", answered.findings().getFirst().finding().title(), true, out);
        }
        if (!answered.rulesOut().isEmpty()) {
            lines("      ", "rules out: " + String.join(", ", answered.rulesOut()), true, out);
        }
    }

    private void cause(int number, Diagnosis.Named cause, int fleet, Appendable out) throws IOException {
        Status colour = cause.kind() == Cause.Kind.FAULT ? Status.FAIL : Status.WARN;
        List<String> title = Plain.wrap(Plain.line(cause.title()), WIDTH - 4);
        for (int i = 0; i < title.size(); i++) {
            out.append(i == 0 ? palette.status(colour, Plain.pad(number + ".", 4)) : "    ")
                    .append(palette.strong(title.get(i)))
                    .append('\n');
        }
        lines("    ", "on " + servers(cause.at(), fleet) + "; " + sureness(cause) + "; " + cause.cause(), true, out);
        if (cause.servers().size() > cause.at().size() || cause.machines() > 0) {
            lines("    ", suffering(cause), true, out);
        }
        for (String server : cause.at()) {
            Optional<OpenWindows.Hold> hold = planned.of(server);
            if (hold.isPresent()) {
                String until = TIME.format(hold.get().until().atZone(zone));
                lines(
                        "    ",
                        "planned on " + server + ": " + hold.get().change() + " is open until " + until,
                        true,
                        out);
            }
        }
        Diagnosis.Shared shared = cause.shared();
        if (shared != null) {
            lines("    ", shared(shared, cause.at().size()), false, out);
        }
        Instant since = cause.since();
        if (since != null) {
            lines("    ", "since about " + TIME.format(since.atZone(zone)), false, out);
        }
        section("it shows in", grouped(cause.evidence(), cause), out);
        if (!cause.doubts().isEmpty()) {
            section("against it speaks", grouped(cause.doubts(), cause), out);
        }
        if (!cause.explains().isEmpty()) {
            section("with it vanish", grouped(cause.explains(), cause), out);
        }
        Diagnosis.Undecided undecided = cause.undecided();
        if (undecided != null) {
            lines("    ", "not decided: it may as well be " + String.join(" or ", undecided.with()), false, out);
        }
        for (Plain.Line line : Plain.advice("next: " + cause.nextAction(), WIDTH - 10)) {
            boolean first = line.text().startsWith("next: ");
            out.append(first ? "    " : line.command() ? "              " : "          ")
                    .append(line.text())
                    .append('\n');
        }
        if (cause.remedy() != null) {
            lines("    ", "asrdoctor remediate can do it (" + cause.remedy() + ")", true, out);
        }
    }

    private void section(String name, List<String> texts, Appendable out) throws IOException {
        out.append("    ").append(palette.faint(name)).append('\n');
        for (String text : texts.subList(0, Math.min(SHOWN_FINDINGS, texts.size()))) {
            lines("      - ", text, false, out);
        }
        if (texts.size() > SHOWN_FINDINGS) {
            lines("      ", "and " + (texts.size() - SHOWN_FINDINGS) + " more", true, out);
        }
    }

    /** Each check and subject once, with how many servers have it. */
    private static List<String> grouped(List<Hit> hits, Diagnosis.Named cause) {
        Map<String, List<Hit>> groups = new LinkedHashMap<>();
        for (Hit hit : hits) {
            groups.computeIfAbsent(hit.finding().check() + " " + hit.finding().subject(), key -> new ArrayList<>())
                    .add(hit);
        }
        return groups.values().stream()
                .map(DiagnosisText::telling)
                .map(group -> {
                    Hit first = group.stream()
                            .filter(hit -> cause.at().contains(hit.patient().name()))
                            .findFirst()
                            .orElse(group.getFirst());
                    long servers = group.stream()
                            .map(hit -> hit.patient().name())
                            .distinct()
                            .count();
                    return first.finding().check() + (servers > 1 ? " on " + servers + " servers, for example" : "")
                            + ": " + first.finding().title()
                            + (servers > 1
                                            || !cause.at()
                                                    .contains(first.patient().name())
                                    ? " (" + first.patient().name() + ")"
                                    : "");
                })
                .toList();
    }

    /** Servers on which it is in order count only where it is in order on all of them. */
    private static List<Hit> telling(List<Hit> group) {
        List<Hit> bad = group.stream()
                .filter(hit -> hit.finding().status() != Status.PASS)
                .toList();
        return bad.isEmpty() ? group : bad;
    }

    private static String heading(Cause.Kind kind) {
        return switch (kind) {
            case FAULT -> "Root causes, the most important first";
            case RISK -> "Risks, which stop nothing now";
            case WATCH -> "To be watched";
        };
    }

    private static String sureness(Diagnosis.Named cause) {
        return cause.sureness() + ", " + Math.round(cause.confidence() * 100) + " %";
    }

    private static String explained(Diagnosis.Named cause) {
        int count = cause.explains().size();
        return count == 0 ? "" : "; explains " + Words.count(count, "more finding");
    }

    private static String suffering(Diagnosis.Named cause) {
        List<String> others = cause.servers().stream()
                .filter(name -> !cause.at().contains(name))
                .toList();
        String machines = cause.machines() == 0 ? "" : Words.count(cause.machines(), "replicated machine");
        return "affects "
                + String.join(
                        " and ",
                        List.of(machines, Words.first(others, NAMES)).stream()
                                .filter(text -> !text.isEmpty())
                                .toList());
    }

    private static String shared(Diagnosis.Shared shared, int members) {
        String what = shared.attribute().startsWith("tag:")
                ? shared.attribute().substring(4)
                : shared.attribute().replace('-', ' ');
        return (shared.having() == members ? "all " + members : shared.having() + " of " + members) + " have the "
                + what + " " + shared.value() + ", "
                + (shared.spared() == 0
                        ? "and no other server has it"
                        : "which " + shared.spared() + (shared.spared() == 1 ? " other has" : " others have")
                                + " without the fault");
    }

    private static String servers(List<String> names, int fleet) {
        return names.size() == 1
                ? names.getFirst()
                : names.size() + " of " + fleet + " servers (" + Words.first(names, NAMES) + ")";
    }

    private void lines(String lead, String text, boolean faint, Appendable out) throws IOException {
        List<String> wrapped = Plain.wrap(Plain.line(text), WIDTH - lead.length());
        for (int i = 0; i < wrapped.size(); i++) {
            String line = (i == 0 ? lead : " ".repeat(lead.length())) + wrapped.get(i);
            out.append(faint ? palette.faint(line) : line).append('\n');
        }
    }
}
