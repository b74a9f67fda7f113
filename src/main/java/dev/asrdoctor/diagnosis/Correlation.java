package dev.asrdoctor.diagnosis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the servers of a cause have in common and the others have not. */
final class Correlation {
    private static final double MOST_OF_THEM = 0.8;
    private static final double TELLING = 0.5;

    private Correlation() {}

    /** The attribute that separates them best from the rest; null where none is telling. */
    static Diagnosis.@Nullable Shared of(List<Patient> members, Ward ward) {
        Set<Patient> sick = new HashSet<>(members);
        if (sick.size() < 2) {
            return null;
        }
        Diagnosis.Shared best = null;
        double bestScore = 0;
        Set<String> looked = new HashSet<>();
        for (Patient member : members) {
            for (Map.Entry<String, Set<String>> attribute : member.attributes().entrySet()) {
                for (String value : attribute.getValue()) {
                    if (!looked.add(attribute.getKey() + "=" + value)) {
                        continue;
                    }
                    List<Patient> sharing = ward.sharing(attribute.getKey(), value);
                    int having = (int) sharing.stream().filter(sick::contains).count();
                    double recall = (double) having / sick.size();
                    double precision = (double) having / sharing.size();
                    boolean everybody = sharing.size() == ward.patients().size() && sharing.size() > sick.size();
                    double score = 2 * recall * precision / (recall + precision);
                    if (recall >= MOST_OF_THEM && precision >= TELLING && !everybody && score > bestScore) {
                        bestScore = score;
                        best = new Diagnosis.Shared(attribute.getKey(), value, having, sharing.size() - having);
                    }
                }
            }
        }
        return best;
    }
}
