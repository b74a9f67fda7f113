package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** Tells a cause that several servers may have as one. */
final class Naming {
    private static final double UNEXPLAINED = 0.3;

    private final Ward ward;
    private final Inference inference;

    Naming(Ward ward, Inference inference) {
        this.ward = ward;
        this.inference = inference;
    }

    /** @param family the same cause on each of its servers */
    Diagnosis.Named cause(List<Candidate> family) {
        Candidate first = family.getFirst();
        List<Hit> evidence = new ArrayList<>();
        List<Hit> doubts = new ArrayList<>();
        List<Hit> explains = new ArrayList<>();
        Set<Patient> has = new LinkedHashSet<>();
        Set<Unread> unsettled = new LinkedHashSet<>();
        Set<String> through = new TreeSet<>();
        for (Candidate candidate : family) {
            has.add(candidate.patient);
            candidate.evidence().stream()
                    .filter(hit -> !candidate.explained.contains(hit))
                    .forEach(evidence::add);
            doubts.addAll(candidate.doubtHits);
            explains.addAll(candidate.explained);
            unsettled.addAll(candidate.unsettled);
            candidate.followers.forEach(
                    follower -> through.add(new Wording(List.of(follower)).fill(follower.cause.title())));
        }
        Set<Patient> sick = new LinkedHashSet<>(has);
        explains.forEach(hit -> sick.add(hit.patient()));
        Diagnosis.Undecided undecided = undecided(first);
        Instant since = Onset.of(evidence, explains);
        return new Diagnosis.Named(
                first.cause.id(),
                new Wording(family).fill(first.cause.title()),
                kind(family),
                first.cause.level(),
                confidence(family),
                names(has),
                names(sick),
                machines(sick),
                sorted(evidence),
                sorted(doubts),
                sorted(explains),
                List.copyOf(through),
                List.copyOf(unsettled),
                ruledOut(first),
                next(family, undecided, unsettled),
                undecided,
                Correlation.of(family, ward),
                since,
                since == null ? List.of() : Onset.before(since, has),
                first.cause.remedy());
    }

    private static Cause.Kind kind(List<Candidate> family) {
        return family.stream()
                .map(Candidate::kind)
                .min(Comparator.naturalOrder())
                .orElse(Cause.Kind.FAULT);
    }

    private static double confidence(List<Candidate> family) {
        double most = family.stream().mapToDouble(Candidate::confidence).max().orElse(0);
        return Math.round(most * 100) / 100.0;
    }

    private static Diagnosis.@Nullable Undecided undecided(Candidate candidate) {
        return candidate.undecided.isEmpty()
                ? null
                : new Diagnosis.Undecided(
                        candidate.undecided.stream().map(Cause.Rival::cause).toList(),
                        candidate.undecided.stream()
                                .map(Cause.Rival::decide)
                                .distinct()
                                .collect(Collectors.joining(" ")));
    }

    private static String next(List<Candidate> family, Diagnosis.@Nullable Undecided undecided, Set<Unread> unsettled) {
        Candidate first = family.getFirst();
        Wording wording = new Wording(family);
        String next = wording.fill(first.cause.next());
        if (first.state == Candidate.State.OPEN) {
            return wording.fill(
                    StringUtils.capitalize(String.join("; ", Inference.findOut(first))) + ". If so: " + next);
        }
        if (undecided != null) {
            return wording.fill(undecided.decide() + " If it is this: " + next);
        }
        return first.cause.level() == Cause.Level.SYMPTOM && !unsettled.isEmpty()
                ? howToRead(unsettled) + " Only where that is in order: " + next
                : next;
    }

    private static String howToRead(Set<Unread> unsettled) {
        String checks = unsettled.stream()
                .map(unread -> unread.check() + " of " + unread.server())
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
        String how = unsettled.stream()
                .map(Unread::why)
                .filter(why -> why != null && why.nextAction() != null)
                .map(Finding::nextAction)
                .findFirst()
                .map(action -> " " + action)
                .orElse("");
        return "Read first what could not be read and may be the reason: " + checks + "." + how;
    }

    /** What else could have the same symptoms, by the check that tells that it is not so. */
    private Map<String, List<String>> ruledOut(Candidate root) {
        Map<String, List<String>> byCheck = new LinkedHashMap<>();
        List<Finding> symptoms = root.symptoms().stream().map(Hit::finding).toList();
        for (Candidate other : inference.considered.getOrDefault(root.patient, List.of())) {
            if (other.excludedBy != null
                    && other.cause.level().compareTo(root.cause.level()) < 0
                    && other.cause.explains().stream()
                            .anyMatch(effect -> symptoms.stream().anyMatch(effect::canMean))) {
                List<String> causes = byCheck.computeIfAbsent(other.excludedBy.check(), check -> new ArrayList<>());
                if (!causes.contains(other.cause.id())) {
                    causes.add(other.cause.id());
                }
            }
        }
        return Collections.unmodifiableMap(byCheck);
    }

    /** Findings that no known cause explains, each once for all servers that have it. */
    List<Diagnosis.Named> unexplained(List<Hit> hits) {
        Map<String, List<Hit>> byCheck = new LinkedHashMap<>();
        for (Hit hit : hits) {
            byCheck.computeIfAbsent(hit.finding().check() + '\n' + hit.finding().subject(), key -> new ArrayList<>())
                    .add(hit);
        }
        return byCheck.values().stream().map(this::unexplainedOnce).toList();
    }

    private Diagnosis.Named unexplainedOnce(List<Hit> group) {
        Finding finding = group.stream()
                .map(Hit::finding)
                .max(Comparator.comparing(Finding::severity).thenComparing(Finding::title))
                .orElseThrow();
        boolean fails = group.stream().anyMatch(hit -> hit.finding().status() == Status.FAIL);
        Set<Patient> sick = new LinkedHashSet<>();
        group.forEach(hit -> sick.add(hit.patient()));
        return new Diagnosis.Named(
                Doctor.UNEXPLAINED,
                finding.title(),
                fails ? Cause.Kind.FAULT : Cause.Kind.WATCH,
                Cause.Level.SYMPTOM,
                UNEXPLAINED,
                names(sick),
                names(sick),
                machines(sick),
                sorted(group),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                finding.nextAction() == null ? "Look at " + finding.check() + "." : finding.nextAction(),
                null,
                Correlation.among(sick, patient -> true, ward),
                Onset.of(group, List.of()),
                List.of(),
                null);
    }

    private static List<String> names(Collection<Patient> patients) {
        return patients.stream().map(Patient::name).distinct().sorted().toList();
    }

    private static List<Hit> sorted(List<Hit> hits) {
        Set<Finding> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Hit> once = new ArrayList<>(
                hits.stream().filter(hit -> seen.add(hit.finding())).toList());
        once.sort(Comparator.comparing((Hit hit) -> hit.patient().name())
                .thenComparing(hit -> hit.finding().check())
                .thenComparing(hit -> hit.finding().subject()));
        return List.copyOf(once);
    }

    /** Those that the inventory counts, else the source machines that name a server; a source machine is itself one. */
    private int machines(Set<Patient> sick) {
        Set<String> sources = new LinkedHashSet<>();
        int counted = 0;
        for (Patient patient : sick) {
            Integer said = patient.server().role().machines();
            if (said != null) {
                counted += said;
            } else if (patient.server().role().processServer() != null) {
                sources.add(patient.name());
            } else {
                ward.sources(patient).forEach(source -> sources.add(source.name()));
            }
        }
        return counted + sources.size();
    }
}
