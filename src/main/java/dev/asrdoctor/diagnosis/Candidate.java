package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cause considered on one server, with what speaks for and against it. */
final class Candidate {
    enum State {
        /** All that it needs is there. */
        ESTABLISHED,
        /** Something that it needs is not known, and nothing rules it out. */
        OPEN,
        RULED_OUT
    }

    private static final double SUPPORT = 0.05;
    private static final double DOUBT = 0.25;
    private static final double MOST = 0.98;
    private static final double LEAST = 0.2;

    final Cause cause;
    final Patient patient;
    final String each;
    final State state;
    /** Findings that it needs, the first need's first. */
    final List<Hit> needHits;

    private final int firstHits;

    final List<Hit> supportHits;
    final List<Hit> confirmHits;
    /** Findings that speak against it without ruling it out. */
    final List<Hit> doubtHits;
    /** Conditions that nobody could answer. */
    final List<String> missing;
    /** What rules it out, null where nothing does. */
    final @Nullable Condition excludedBy;

    /** Findings that vanish with it, those of the causes that follow from it included; filled by the inference. */
    final List<Hit> explained = new ArrayList<>();

    final List<Cause.Rival> undecided = new ArrayList<>();

    private Candidate(
            Cause cause,
            Patient patient,
            String each,
            State state,
            Met met,
            List<Hit> supportHits,
            List<Hit> confirmHits,
            List<Hit> doubtHits,
            @Nullable Condition excludedBy) {
        this.cause = cause;
        this.patient = patient;
        this.each = each;
        this.state = state;
        this.needHits = met.hits();
        this.firstHits = met.ofFirst();
        this.supportHits = supportHits;
        this.confirmHits = confirmHits;
        this.doubtHits = doubtHits;
        this.missing = met.missing();
        this.excludedBy = excludedBy;
    }

    /** The cause on that server: once, or once for each value of what it is about; ruled out where its first need does not hold. */
    static List<Candidate> consider(Cause cause, Patient patient, Ward ward) {
        if (cause.needs().isEmpty()) {
            return List.of();
        }
        String by = cause.each();
        if (by == null) {
            return List.of(consider(cause, "", patient, ward));
        }
        List<String> values = new ArrayList<>();
        for (Condition condition : cause.needs().getFirst().any()) {
            for (Hit hit : condition.all(patient, ward)) {
                String value = value(hit.finding(), by);
                if (value != null && !values.contains(value)) {
                    values.add(value);
                }
            }
        }
        return values.isEmpty()
                ? List.of(consider(cause, "", patient, ward))
                : values.stream()
                        .map(value -> consider(cause, value, patient, ward))
                        .toList();
    }

    static @Nullable String value(Finding finding, String by) {
        if (by.equals("subject")) {
            return finding.subject();
        }
        Object value = finding.evidence().get(by);
        return value instanceof List<?> list
                ? list.isEmpty() ? null : String.valueOf(list.getFirst())
                : value == null ? null : value.toString();
    }

    private static Candidate consider(Cause cause, String each, Patient patient, Ward ward) {
        Met met = Met.of(cause, each, patient, ward);
        Condition refuted = met.refuted();
        if (refuted == null && met.open() && met.hits().isEmpty()) {
            return new Candidate(cause, patient, each, State.OPEN, met, List.of(), List.of(), List.of(), null);
        }
        Condition excludedBy = refuted == null ? against(cause, each, patient, ward) : refuted;
        if (excludedBy != null) {
            return new Candidate(
                    cause, patient, each, State.RULED_OUT, Met.NOTHING, List.of(), List.of(), List.of(), excludedBy);
        }
        return new Candidate(
                cause,
                patient,
                each,
                met.open() ? State.OPEN : State.ESTABLISHED,
                met,
                hits(cause.supports(), each, patient, ward),
                hits(cause.confirms(), each, patient, ward),
                hits(cause.doubts(), each, patient, ward),
                null);
    }

    private static @Nullable Condition against(Cause cause, String each, Patient patient, Ward ward) {
        for (Condition raw : cause.against()) {
            Condition condition = each.isEmpty() ? raw : raw.bound(each, List.of());
            if (condition.ask(patient, ward).holds()) {
                return condition;
            }
        }
        return null;
    }

    private static List<Hit> hits(List<Condition> conditions, String each, Patient patient, Ward ward) {
        List<Hit> hits = new ArrayList<>();
        for (Condition condition : conditions) {
            Answer answer = (each.isEmpty() ? condition : condition.bound(each, List.of())).ask(patient, ward);
            answer.hits().stream().limit(1).forEach(hits::add);
        }
        return List.copyOf(hits);
    }

    /** What its own description says that it explains, on this server and on those that belong to it. */
    List<Hit> effects(Ward ward) {
        List<Hit> effects = new ArrayList<>();
        List<String> subjects = symptoms().stream()
                .map(hit -> hit.finding().subject())
                .distinct()
                .toList();
        for (Condition raw : cause.explains()) {
            Condition condition = raw.bound(each, subjects);
            if (condition.when().isEmpty()
                    || needHits.stream()
                            .anyMatch(hit ->
                                    Globs.any(condition.when(), hit.finding().subject()))) {
                condition.all(patient, ward).stream().filter(Hit::bad).forEach(effects::add);
            }
        }
        return effects;
    }

    /** The alarming findings of its first need: what it would account for. */
    List<Hit> symptoms() {
        return needHits.subList(0, firstHits).stream().filter(Hit::bad).toList();
    }

    /** The alarming ones among what it needs; without them it would not have been thought of. */
    List<Hit> badNeeds() {
        return needHits.stream().filter(Hit::bad).toList();
    }

    boolean proven() {
        return !confirmHits.isEmpty();
    }

    /** From 0 to 1. */
    double confidence() {
        if (state == State.OPEN) {
            return undecided.isEmpty() ? 0.4 : 0.3;
        }
        double sure = proven()
                ? Math.max(cause.sureness().confidence(), Cause.Sureness.CERTAIN.confidence())
                : cause.sureness().confidence();
        double supported =
                Math.max(LEAST, Math.min(MOST, sure + SUPPORT * supportHits.size()) - DOUBT * doubtHits.size());
        return undecided.isEmpty() ? supported : Math.min(0.5, supported * 0.6);
    }

    /** Everything that speaks for it, each finding once. */
    List<Hit> evidence() {
        List<Hit> evidence = new ArrayList<>(needHits);
        for (Hit hit : confirmHits) {
            addOnce(evidence, hit);
        }
        for (Hit hit : supportHits) {
            addOnce(evidence, hit);
        }
        return evidence;
    }

    static void addOnce(List<Hit> hits, Hit hit) {
        if (!hits.contains(hit)) {
            hits.add(hit);
        }
    }

    Severity severity() {
        return badNeeds().stream()
                .map(hit -> hit.finding().severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    /** A risk that explains a failure, or is a grave one itself, is the fault. */
    Cause.Kind kind() {
        boolean fails = explained.stream()
                        .anyMatch(hit -> hit.finding().status() == Status.FAIL
                                || hit.finding().severity().compareTo(Severity.HIGH) >= 0)
                || symptoms().stream()
                        .anyMatch(hit -> hit.finding().status() == Status.FAIL
                                && hit.finding().severity().compareTo(Severity.HIGH) >= 0);
        return cause.kind() == Cause.Kind.RISK && fails ? Cause.Kind.FAULT : cause.kind();
    }
}
