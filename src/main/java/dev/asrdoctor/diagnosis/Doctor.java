package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.product.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names what is wrong with a fleet. */
public final class Doctor {
    /** The cause of findings that no known cause explains. */
    public static final String UNEXPLAINED = "unexplained";

    /** For the order alone: what a process server whose load the inventory does not tell may replicate. */
    private static final int USUAL_MACHINES = 10;

    private Doctor() {}

    /** The same patients give the same diagnosis, in whatever order they and their findings stand. */
    public static Diagnosis diagnose(List<Patient> patients, Knowledge knowledge) {
        return diagnose(patients, knowledge, Set.of());
    }

    /** @param inDetail names of servers whose reasoning is wanted step by step */
    public static Diagnosis diagnose(List<Patient> patients, Knowledge knowledge, Set<String> inDetail) {
        Ward ward = new Ward(
                patients.stream().sorted(Comparator.comparing(Patient::name)).toList());
        Inference inference = new Inference(ward, knowledge);
        Naming naming = new Naming(ward, inference);
        List<Candidate> told = new ArrayList<>(inference.roots);
        told.addAll(inference.open);
        List<Diagnosis.Named> named = new ArrayList<>();
        new Families(ward).of(told).forEach(family -> named.add(naming.cause(family)));
        named.addAll(naming.unexplained(inference.unexplained));
        Map<String, List<Diagnosis.Answered>> reasoning = new LinkedHashMap<>();
        for (Patient patient : ward.patients()) {
            if (inDetail.contains(patient.name())) {
                reasoning.put(patient.name(), new Reasoning(patient, inference).answers(knowledge));
            }
        }
        return new Diagnosis(patients.size(), ranked(named, ward), reasoning, unread(ward));
    }

    private static List<Unread> unread(Ward ward) {
        List<Unread> unread = new ArrayList<>();
        for (Patient patient : ward.patients()) {
            Set<String> told = new HashSet<>(Set.of(ServerReport.REACHABLE));
            for (Finding finding : patient.report().findings()) {
                if (finding.status() == Status.UNKNOWN && told.add(finding.check())) {
                    unread.add(new Unread(patient.name(), finding.check(), finding));
                }
            }
        }
        return List.copyOf(unread);
    }

    private static List<Diagnosis.Named> ranked(List<Diagnosis.Named> named, Ward ward) {
        Map<String, Patient> byName = new HashMap<>();
        ward.patients().forEach(patient -> byName.put(patient.name(), patient));
        return named.stream()
                .map(cause -> new Weighed(cause, weight(cause, byName)))
                .sorted(Weighed.ORDER)
                .map(Weighed::cause)
                .toList();
    }

    private record Weighed(Diagnosis.Named cause, int weight) {
        static final Comparator<Weighed> ORDER = Comparator.comparing((Weighed weighed) -> weighed.cause.kind())
                .thenComparing(weighed -> weighed.cause.level() == Cause.Level.SYMPTOM)
                .thenComparing(Weighed::weight, Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.servers().size(), Comparator.reverseOrder())
                .thenComparing(weighed -> severity(weighed.cause), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.explains().size(), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.confidence(), Comparator.reverseOrder())
                .thenComparing(weighed -> weighed.cause.cause())
                .thenComparing(weighed -> weighed.cause.title());
    }

    private static int weight(Diagnosis.Named cause, Map<String, Patient> byName) {
        return cause.machines()
                + USUAL_MACHINES
                        * (int) cause.servers().stream()
                                .map(byName::get)
                                .filter(patient -> patient != null
                                        && !patient.server().deployment().is(Trait.SOURCE)
                                        && patient.server().role().machines() == null)
                                .count();
    }

    private static Severity severity(Diagnosis.Named named) {
        return named.evidence().stream()
                .map(hit -> hit.finding().severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }
}
