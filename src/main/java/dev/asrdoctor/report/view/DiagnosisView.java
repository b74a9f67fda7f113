package dev.asrdoctor.report.view;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Folded;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Group;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Root causes, the most important first. */
public final class DiagnosisView {
    private static final int FEW = 5;
    private static final int MOST_THROUGH = 3;

    private final Diagnosis diagnosis;
    private final OpenWindows planned;

    /** @param planned servers whose trouble is expected, because a change is being made */
    public DiagnosisView(Diagnosis diagnosis, OpenWindows planned) {
        this.diagnosis = diagnosis;
        this.planned = planned;
    }

    /** A few lines at the end of a check; nothing where nothing is wrong. */
    static Stream<Block> ranking(Diagnosis diagnosis) {
        List<Diagnosis.Named> faults = diagnosis.causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .toList();
        if (faults.isEmpty()) {
            return Stream.empty();
        }
        List<Block> lines = new ArrayList<>();
        for (Diagnosis.Named cause : faults.subList(0, Math.min(FEW, faults.size()))) {
            lines.add(new Item(
                    Mark.number(lines.size() + 1),
                    CauseWords.servers(cause.at(), diagnosis.servers()) + ": " + cause.title() + " ("
                            + CauseWords.sureness(cause) + CauseWords.explained(cause) + ")"));
        }
        int more = diagnosis.causes().size() - lines.size();
        lines.add(new Note(
                Tone.FAINT,
                (more > 0 ? "and " + more + " more; " : "") + "asrdoctor diagnose tells why, and what to do first"));
        return Stream.of(new Gap(), new Section(heading(Cause.Kind.FAULT), 2, List.of(new Group("", lines))));
    }

    /** Every cause of many servers. */
    public Document all() {
        return document(
                "Diagnosis of " + diagnosis.servers() + (diagnosis.servers() == 1 ? " server" : " servers"), all(true));
    }

    /** How one server was thought through, and what came of it. */
    public Document one(String server) {
        return document(
                "Diagnosis of " + server,
                Stream.concat(Stream.of(reasoning(server), new Gap()), all(true))
                        .toList());
    }

    private Document document(String title, Stream<Block> blocks) {
        return document(title, blocks.toList());
    }

    private Document document(String title, List<Block> blocks) {
        return new Document(title, blocks).with(CauseRows.sheet(diagnosis)).with(CauseRows.suites(diagnosis));
    }

    /** Every cause, for a page that tells of more than causes; nothing where nothing is wrong. */
    Stream<Block> sections() {
        return diagnosis.causes().isEmpty() ? Stream.empty() : all(false);
    }

    private Stream<Block> all(boolean told) {
        if (diagnosis.causes().isEmpty()) {
            return told ? nothing() : Stream.empty();
        }
        List<Block> sections = new ArrayList<>();
        int number = 1;
        for (Cause.Kind kind : Cause.Kind.values()) {
            List<Block> causes = new ArrayList<>();
            for (Diagnosis.Named cause : diagnosis.causes()) {
                if (cause.kind() == kind) {
                    causes.add(new Gap());
                    causes.add(cause(number++, cause));
                }
            }
            if (!causes.isEmpty()) {
                if (!sections.isEmpty()) {
                    sections.add(new Gap());
                }
                sections.add(new Section(heading(kind), 2, causes));
            }
        }
        return sections.stream();
    }

    /** What could not be read is not in order by that. */
    private Stream<Block> nothing() {
        return diagnosis.unread().isEmpty()
                ? Stream.of(new Note(Tone.PLAIN, "Nothing is wrong that needs a cause."))
                : Stream.of(
                        new Note(Tone.PLAIN, "Nothing of what could be read is wrong enough to need a cause."),
                        new Note(Tone.FAINT, "Not known: " + CauseWords.unread(diagnosis.unread()) + "."));
    }

    private Block reasoning(String server) {
        List<Block> blocks = new ArrayList<>();
        List<String> unasked = new ArrayList<>();
        for (Diagnosis.Answered answered : diagnosis.reasoning().getOrDefault(server, List.of())) {
            Status status = answered.status();
            if (status == null) {
                unasked.add(answered.question().ask());
            } else {
                blocks.add(answered(answered, status));
            }
        }
        if (!unasked.isEmpty()) {
            blocks.add(new Item(
                    new Mark(Tone.FAINT, "-", ""),
                    Prose.words("Not known, or not asked of such a server: " + String.join(" ", unasked), Tone.FAINT)));
        }
        return new Section("What was looked at on " + server, 2, List.of(new Group("", blocks)));
    }

    private static Block answered(Diagnosis.Answered answered, Status status) {
        int step = answered.question().step();
        List<Block> below = new ArrayList<>();
        if (Marks.isProblem(status)) {
            for (Hit hit : answered.findings()) {
                below.add(
                        new Item(Marks.of(hit.finding().status()), hit.finding().title()));
            }
        } else if (!answered.findings().isEmpty()) {
            below.add(new Note(
                    Tone.FAINT, answered.findings().getFirst().finding().title()));
        }
        if (!answered.rulesOut().isEmpty()) {
            below.add(new Note(Tone.FAINT, "rules out: " + String.join(", ", answered.rulesOut())));
        }
        return new Item(
                Marks.of(status),
                Prose.words(answered.question().ask()).and(step == 0 ? "" : " step " + step, Tone.FAINT),
                below);
    }

    private Block cause(int number, Diagnosis.Named cause) {
        List<Block> told = new ArrayList<>();
        told.add(new Note(
                Tone.FAINT,
                "on " + CauseWords.servers(cause.at(), diagnosis.servers()) + "; " + CauseWords.sureness(cause) + "; "
                        + cause.cause()));
        if (cause.servers().size() > cause.at().size() || cause.machines() > 0) {
            told.add(new Note(Tone.FAINT, CauseWords.suffering(cause)));
        }
        for (String server : cause.at()) {
            Optional<OpenWindows.Hold> hold = planned.of(server);
            hold.ifPresent(window -> told.add(CheckView.planned(" on " + server, window)));
        }
        if (cause.shared() != null) {
            told.add(new Note(
                    Tone.PLAIN, CauseWords.shared(cause.shared(), cause.at().size())));
        }
        if (cause.since() != null) {
            told.add(new Note(Tone.PLAIN, Prose.words("since about ").and(cause.since())));
        }
        told.addAll(reasons(cause));
        List<Block> evidence = evidence(cause);
        told.add(new Only(Medium.TERMINAL, evidence));
        if (cause.undecided() != null) {
            told.add(new Note(
                    Tone.PLAIN,
                    "not decided: it may as well be "
                            + String.join(" or ", cause.undecided().with())));
        }
        told.add(new Note(Tone.PLAIN, Prose.of("next: " + cause.nextAction())));
        if (cause.remedy() != null) {
            told.add(new Note(Tone.FAINT, "asrdoctor remediate can do it (" + cause.remedy() + ")"));
        }
        told.add(new Only(
                Medium.PAGE, List.of(new Folded(Mark.BULLET, "what shows it, and what vanishes with it", evidence))));
        Tone tone = cause.kind() == Cause.Kind.FAULT ? Tone.BAD : Tone.WARN;
        return new Item(
                new Mark(tone, String.format("%-3s", number + "."), ""), Prose.words(cause.title(), Tone.STRONG), told);
    }

    /** What came before it, by way of what it shows, and what is and is not known. */
    private static List<Block> reasons(Diagnosis.Named cause) {
        List<Block> reasons = new ArrayList<>();
        for (String before : cause.before()) {
            reasons.add(new Note(Tone.PLAIN, "just before: " + before));
        }
        if (!cause.through().isEmpty()) {
            reasons.add(new Note(
                    Tone.PLAIN,
                    "by way of: "
                            + String.join(
                                    "; ",
                                    cause.through()
                                            .subList(
                                                    0,
                                                    Math.min(
                                                            MOST_THROUGH,
                                                            cause.through().size())))));
        }
        if (!cause.unsettled().isEmpty()) {
            reasons.add(new Note(
                    Tone.PLAIN, "not known, and could speak against it: " + CauseWords.unread(cause.unsettled())));
        }
        if (cause.level() == Cause.Level.SYMPTOM && !cause.ruledOut().isEmpty()) {
            reasons.add(new Note(
                    Tone.FAINT,
                    "ruled out otherwise by: "
                            + String.join(
                                    ", ",
                                    cause.ruledOut().keySet().stream().sorted().toList())));
        }
        return reasons;
    }

    private static List<Block> evidence(Diagnosis.Named cause) {
        List<Block> evidence = new ArrayList<>();
        evidence.add(group("it shows in", cause.evidence(), cause));
        if (!cause.doubts().isEmpty()) {
            evidence.add(group("against it speaks", cause.doubts(), cause));
        }
        if (!cause.explains().isEmpty()) {
            evidence.add(group("with it vanish", cause.explains(), cause));
        }
        return evidence;
    }

    private static Block group(String label, List<Hit> hits, Diagnosis.Named cause) {
        List<String> texts = CauseWords.grouped(hits, cause);
        List<Block> items = new ArrayList<>();
        texts.stream().limit(CauseWords.SHOWN).forEach(text -> items.add(new Item(Mark.BULLET, text)));
        if (texts.size() > CauseWords.SHOWN) {
            items.add(new Note(Tone.FAINT, "and " + (texts.size() - CauseWords.SHOWN) + " more"));
        }
        return new Group(label, items);
    }

    private static String heading(Cause.Kind kind) {
        return switch (kind) {
            case FAULT -> "Root causes, the most important first";
            case RISK -> "Risks, which stop nothing now";
            case WATCH -> "To be watched";
        };
    }
}
