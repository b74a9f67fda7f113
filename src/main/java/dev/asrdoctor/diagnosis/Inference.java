package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From findings to root causes. Every cause is considered on every server; one whose alarming findings are all explained by
 * a deeper one is its consequence and no root; two that the evidence does not separate are told as undecided. The same
 * findings always give the same result, in whatever order they come.
 */
final class Inference {
    private final Ward ward;
    private final IdentityHashMap<Cause, Integer> depth = new IdentityHashMap<>();

    /** Per server, each cause that was considered. */
    final IdentityHashMap<Patient, List<Candidate>> considered = new IdentityHashMap<>();

    final List<Candidate> roots = new ArrayList<>();
    final List<Candidate> open = new ArrayList<>();
    final List<Hit> unexplained = new ArrayList<>();

    Inference(Ward ward, Knowledge knowledge) {
        this.ward = ward;
        List<Cause> causes = knowledge.list();
        for (Cause cause : causes) {
            depth.put(cause, depth.size());
        }
        List<Candidate> established = new ArrayList<>();
        for (Patient patient : ward.patients()) {
            List<Candidate> here = new ArrayList<>();
            for (Cause cause : causes) {
                if (cause.isConsideredOn(patient.server().deployment()) || anywhere(patient)) {
                    here.addAll(Consideration.of(cause, patient, ward));
                }
            }
            considered.put(patient, here);
            here.stream()
                    .filter(candidate -> candidate.state == Candidate.State.ESTABLISHED)
                    .forEach(established::add);
        }
        findRoots(established);
        settleRivals();
        findOpen();
        roots.forEach(this::findUnsettled);
        findUnexplained();
    }

    /** What a server is that could not be read, nobody knows unless the inventory says so. */
    private static boolean anywhere(Patient patient) {
        return patient.server().known().isEmpty();
    }

    private void findRoots(List<Candidate> established) {
        IdentityHashMap<Finding, List<Candidate>> explainers = new IdentityHashMap<>();
        IdentityHashMap<Candidate, Set<Finding>> own = new IdentityHashMap<>();
        for (Candidate candidate : established) {
            candidate.explained.addAll(candidate.effects(ward));
            own.put(candidate, findings(candidate.symptoms()));
            for (Hit hit : candidate.explained) {
                explainers
                        .computeIfAbsent(hit.finding(), finding -> new ArrayList<>())
                        .add(candidate);
            }
        }
        IdentityHashMap<Candidate, Set<Candidate>> parents = new IdentityHashMap<>();
        for (Candidate candidate : established) {
            Set<Candidate> deeper = Collections.newSetFromMap(new IdentityHashMap<>());
            boolean all = !candidate.symptoms().isEmpty();
            for (Hit need : candidate.symptoms()) {
                List<Candidate> by = explainers.getOrDefault(need.finding(), List.of()).stream()
                        .filter(other -> isDeeper(other, candidate, own))
                        .toList();
                deeper.addAll(by);
                all &= !by.isEmpty();
            }
            if (all) {
                parents.put(candidate, deeper);
            }
        }
        for (Candidate candidate : established) {
            if (!parents.containsKey(candidate)) {
                roots.add(candidate);
            }
        }
        for (Candidate candidate : parents.keySet()) {
            Set<Candidate> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            Set<Candidate> ends = Collections.newSetFromMap(new IdentityHashMap<>());
            climb(candidate, parents, seen, ends);
            if (ends.isEmpty()) {
                roots.add(candidate);
            }
            for (Candidate end : ends) {
                end.followers.add(candidate);
                candidate.needHits.stream().filter(Hit::bad).forEach(hit -> Candidate.addOnce(end.explained, hit));
                List.copyOf(candidate.explained).forEach(hit -> Candidate.addOnce(end.explained, hit));
            }
        }
        roots.forEach(root -> root.explained.removeAll(root.needHits));
    }

    private static void climb(
            Candidate candidate,
            IdentityHashMap<Candidate, Set<Candidate>> parents,
            Set<Candidate> seen,
            Set<Candidate> ends) {
        if (!seen.add(candidate)) {
            return;
        }
        Set<Candidate> above = parents.get(candidate);
        if (above == null) {
            ends.add(candidate);
        } else {
            above.forEach(parent -> climb(parent, parents, seen, ends));
        }
    }

    /**
     * Whether one that explains what the other needs is its cause; of two that explain each other, the one on the deeper level, else
     * the earlier in the file.
     */
    private boolean isDeeper(Candidate one, Candidate other, IdentityHashMap<Candidate, Set<Finding>> own) {
        if (one == other
                || (one.cause.rival(other.cause.id()).isPresent()
                        && other.cause.rival(one.cause.id()).isPresent())) {
            return false;
        }
        Set<Finding> ones = own.getOrDefault(one, Set.of());
        boolean mutual = other.explained.stream().anyMatch(hit -> ones.contains(hit.finding()));
        int level = one.cause.level().compareTo(other.cause.level());
        return !mutual
                || level < 0
                || (level == 0 && depth.getOrDefault(one.cause, 0) < depth.getOrDefault(other.cause, 0));
    }

    /** Of two with the same symptoms the one with proof stays; without proof both are told, with the fact that decides. */
    private void settleRivals() {
        Set<Candidate> beaten = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Candidate root : roots) {
            for (Cause.Rival rival : root.cause.rivals()) {
                for (Candidate other : considered.getOrDefault(root.patient, List.of())) {
                    if (!other.cause.id().equals(rival.cause()) || other.state == Candidate.State.RULED_OUT) {
                        continue;
                    }
                    boolean standing =
                            shares(root, other) && (other.state == Candidate.State.OPEN || roots.contains(other));
                    if (!standing || root.proven()) {
                        continue;
                    }
                    if (other.proven()) {
                        beaten.add(root);
                    } else if (root.undecided.stream()
                            .noneMatch(known -> known.cause().equals(rival.cause()))) {
                        root.undecided.add(rival);
                    }
                }
            }
        }
        roots.removeAll(beaten);
    }

    private static boolean shares(Candidate one, Candidate other) {
        Set<Finding> bad = findings(one.symptoms());
        return other.symptoms().stream().anyMatch(hit -> bad.contains(hit.finding()));
    }

    /** Causes that lack a fact, where what speaks for them is not explained otherwise. */
    private void findOpen() {
        Set<Finding> covered = covered();
        IdentityHashMap<Finding, List<Candidate>> byNeed = new IdentityHashMap<>();
        for (Patient patient : ward.patients()) {
            for (Candidate candidate : considered.getOrDefault(patient, List.of())) {
                List<Hit> bad = candidate.badNeeds();
                if (candidate.state == Candidate.State.OPEN
                        && !bad.isEmpty()
                        && bad.stream().anyMatch(hit -> !covered.contains(hit.finding()))) {
                    byNeed.computeIfAbsent(bad.getFirst().finding(), finding -> new ArrayList<>())
                            .add(candidate);
                }
            }
        }
        for (Patient patient : ward.patients()) {
            for (Candidate candidate : considered.getOrDefault(patient, List.of())) {
                List<Candidate> same = candidate.badNeeds().isEmpty()
                        ? List.of()
                        : byNeed.getOrDefault(candidate.badNeeds().getFirst().finding(), List.of());
                if (!same.contains(candidate)) {
                    continue;
                }
                candidate.explained.addAll(candidate.effects(ward));
                for (Candidate other : same) {
                    if (other != candidate) {
                        Optional<Cause.Rival> declared = candidate.cause.rival(other.cause.id());
                        candidate.undecided.add(declared.orElseGet(
                                () -> new Cause.Rival(other.cause.id(), String.join("; ", findOut(candidate)))));
                    }
                }
                open.add(candidate);
            }
        }
    }

    /** What was not read, and would have to be, before this cause is told without reserve. */
    private void findUnsettled(Candidate root) {
        root.unread.forEach(check -> root.unsettled.add(unread(root.patient, check)));
        List<Finding> symptoms =
                root.symptoms().stream().map(Hit::finding).distinct().toList();
        for (Candidate other : considered.getOrDefault(root.patient, List.of())) {
            if (couldExplain(other, root, symptoms, Relation.Kind.SELF)) {
                other.unread.forEach(check -> root.unsettled.add(unread(root.patient, check)));
            }
        }
        if (root.cause.level() == Cause.Level.SYMPTOM) {
            ward.leaders(root.patient).forEach((leader, relation) -> {
                if (considered.getOrDefault(leader, List.of()).stream()
                        .anyMatch(other -> couldExplain(other, root, symptoms, relation))) {
                    root.unsettled.add(unread(leader, ServerReport.REACHABLE));
                }
            });
        }
    }

    private static boolean couldExplain(
            Candidate other, Candidate root, List<Finding> symptoms, Relation.Kind relation) {
        return other.state == Candidate.State.OPEN
                && !other.unread.isEmpty()
                && other.cause.level().compareTo(root.cause.level()) < 0
                && other.cause.explains().stream()
                        .anyMatch(effect -> effect.of().kind() == relation
                                && symptoms.stream().anyMatch(effect::canMean));
    }

    private static Unread unread(Patient patient, String check) {
        return new Unread(
                patient.name(),
                check,
                patient.findings(check).stream()
                        .filter(finding -> finding.status() == Status.UNKNOWN)
                        .findFirst()
                        .orElse(null));
    }

    static List<String> findOut(Candidate candidate) {
        String known = candidate.cause.findOut();
        return known != null
                ? List.of(known)
                : candidate.missing.stream()
                        .map(missing -> "find out whether " + missing)
                        .toList();
    }

    private void findUnexplained() {
        Set<Finding> covered = covered();
        for (Candidate candidate : open) {
            covered.addAll(findings(candidate.needHits));
            covered.addAll(findings(candidate.explained));
        }
        for (Patient patient : ward.patients()) {
            for (Finding finding : patient.report().findings()) {
                boolean alarming = finding.status() == Status.FAIL
                        || (finding.status() == Status.WARN
                                && finding.severity().compareTo(Severity.MEDIUM) >= 0);
                if (alarming && !covered.contains(finding)) {
                    unexplained.add(new Hit(patient, finding));
                }
            }
        }
    }

    private Set<Finding> covered() {
        Set<Finding> covered = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Candidate root : roots) {
            covered.addAll(findings(root.evidence()));
            covered.addAll(findings(root.explained));
        }
        return covered;
    }

    private static Set<Finding> findings(List<Hit> hits) {
        Set<Finding> findings = Collections.newSetFromMap(new IdentityHashMap<>());
        hits.forEach(hit -> findings.add(hit.finding()));
        return findings;
    }

    /** Ids of the causes that a check has ruled out on a server, in the order of the knowledge. */
    Set<String> ruledOutBy(Patient patient, String check) {
        Set<String> ids = new LinkedHashSet<>();
        Set<String> standing = new HashSet<>();
        for (Candidate candidate : considered.getOrDefault(patient, List.of())) {
            if (candidate.excludedBy != null && candidate.excludedBy.check().equals(check)) {
                ids.add(candidate.cause.id());
            } else if (candidate.state != Candidate.State.RULED_OUT) {
                standing.add(candidate.cause.id());
            }
        }
        ids.removeAll(standing);
        return ids;
    }
}
