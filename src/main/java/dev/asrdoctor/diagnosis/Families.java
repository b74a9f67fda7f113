package dev.asrdoctor.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same cause on several servers is one. Where some of them share what the others have not, and whoever has it is ill, these are
 * one of their own: two causes at once look like one only from afar.
 */
final class Families {
    private final Ward ward;

    Families(Ward ward) {
        this.ward = ward;
    }

    List<List<Candidate>> of(List<Candidate> candidates) {
        Map<String, List<Candidate>> groups = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            groups.computeIfAbsent(key(candidate), key -> new ArrayList<>()).add(candidate);
        }
        List<List<Candidate>> families = new ArrayList<>();
        groups.values().forEach(group -> split(group, families));
        return families;
    }

    private static String key(Candidate candidate) {
        return String.join(
                "\n",
                candidate.cause.id(),
                candidate.each.toLowerCase(Locale.ROOT),
                candidate.cause.title().contains("{subjects}") ? new Wording(List.of(candidate)).subjects() : "",
                candidate.state.name(),
                candidate.undecided.stream().map(Cause.Rival::cause).collect(Collectors.joining(",")));
    }

    private void split(List<Candidate> group, List<List<Candidate>> families) {
        List<Candidate> rest = group;
        while (Correlation.of(rest, ward) == null) {
            Diagnosis.Shared part = Correlation.ofSome(rest, ward);
            if (part == null) {
                break;
            }
            Set<Patient> having = new LinkedHashSet<>(ward.sharing(part.attribute(), part.value()));
            families.add(rest.stream()
                    .filter(candidate -> having.contains(candidate.patient))
                    .toList());
            rest = rest.stream()
                    .filter(candidate -> !having.contains(candidate.patient))
                    .toList();
        }
        if (!rest.isEmpty()) {
            families.add(rest);
        }
    }
}
