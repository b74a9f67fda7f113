package dev.asrdoctor.diagnosis;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the servers of a cause have in common and the others have not. */
final class Correlation {
    private static final double MOST_OF_THEM = 0.8;
    private static final double TELLING = 0.5;
    /** Of those that have it, this many are ill where only some of the ill have it. */
    private static final double NEARLY_ALL = 0.8;

    private static final int SOME = 3;

    private Correlation() {}

    /** The attribute that separates the servers of a cause best from those that could have it; null where none is telling. */
    static Diagnosis.@Nullable Shared of(List<Candidate> family, Ward ward) {
        return among(patients(family), couldHave(family), ward);
    }

    /** @param counts who is compared with them */
    static Diagnosis.@Nullable Shared among(Collection<Patient> sick, Predicate<Patient> counts, Ward ward) {
        return best(sick, counts, ward, MOST_OF_THEM, TELLING);
    }

    /** The attribute that only some of them share, of whose servers nearly all are ill; null where there is none. */
    static Diagnosis.@Nullable Shared ofSome(List<Candidate> family, Ward ward) {
        Diagnosis.Shared some = best(patients(family), couldHave(family), ward, 0, NEARLY_ALL);
        return some == null || some.having() < SOME || Attributes.GROUPING.contains(some.attribute()) ? null : some;
    }

    private static Set<Patient> patients(List<Candidate> family) {
        Set<Patient> patients = new LinkedHashSet<>();
        family.forEach(candidate -> patients.add(candidate.patient));
        return patients;
    }

    private static Predicate<Patient> couldHave(List<Candidate> family) {
        Cause cause = family.getFirst().cause;
        return patient -> cause.on().contains(patient.server().deployment());
    }

    private static Diagnosis.@Nullable Shared best(
            Collection<Patient> members,
            Predicate<Patient> counts,
            Ward ward,
            double recallAtLeast,
            double precisionAtLeast) {
        Set<Patient> sick = new HashSet<>(members);
        if (sick.size() < 2) {
            return null;
        }
        long all = ward.patients().stream().filter(counts).count();
        Diagnosis.Shared best = null;
        double bestScore = 0;
        Set<String> looked = new HashSet<>();
        for (Patient member : members) {
            for (Map.Entry<String, Set<String>> attribute : member.attributes().entrySet()) {
                for (String value : attribute.getValue()) {
                    if (!looked.add(attribute.getKey() + "=" + value)) {
                        continue;
                    }
                    List<Patient> sharing = ward.sharing(attribute.getKey(), value).stream()
                            .filter(patient -> sick.contains(patient) || counts.test(patient))
                            .toList();
                    int having = (int) sharing.stream().filter(sick::contains).count();
                    double recall = (double) having / sick.size();
                    double precision = (double) having / sharing.size();
                    boolean everybody = sharing.size() >= all && sharing.size() > sick.size();
                    double score = 2 * recall * precision / (recall + precision);
                    if (recall >= recallAtLeast && precision >= precisionAtLeast && !everybody && score > bestScore) {
                        bestScore = score;
                        best = new Diagnosis.Shared(attribute.getKey(), value, having, sharing.size() - having);
                    }
                }
            }
        }
        return best;
    }
}
