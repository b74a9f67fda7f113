package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    /** Checks of its own server that would answer them, or could rule it out, and were not read. */
    final Set<String> unread;
    /** What rules it out, null where nothing does. */
    final @Nullable Condition excludedBy;

    /** Findings that vanish with it, those of the causes that follow from it included; filled by the inference. */
    final List<Hit> explained = new ArrayList<>();

    final List<Cause.Rival> undecided = new ArrayList<>();

    /** Causes that follow from it; filled by the inference. */
    final List<Candidate> followers = new ArrayList<>();

    /** What was not read and could explain its symptoms otherwise, or rule it out; filled by the inference. */
    final Set<Unread> unsettled = new LinkedHashSet<>();

    Candidate(
            Cause cause,
            Patient patient,
            String each,
            State state,
            List<Hit> needHits,
            int firstHits,
            List<Hit> supportHits,
            List<Hit> confirmHits,
            List<Hit> doubtHits,
            List<String> missing,
            Set<String> unread,
            @Nullable Condition excludedBy) {
        this.cause = cause;
        this.patient = patient;
        this.each = each;
        this.state = state;
        this.needHits = needHits;
        this.firstHits = firstHits;
        this.supportHits = supportHits;
        this.confirmHits = confirmHits;
        this.doubtHits = doubtHits;
        this.missing = missing;
        this.unread = unread;
        this.excludedBy = excludedBy;
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
        return Confidence.of(this);
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
