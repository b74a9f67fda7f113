package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks whether a cause holds on a server, condition by condition. */
final class Consideration {
    private final Cause cause;
    private final Patient patient;
    private final Ward ward;
    private final String each;

    private final List<Hit> needHits = new ArrayList<>();
    private int firstHits;
    private final List<String> missing = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private @Nullable Condition excludedBy;

    private Consideration(Cause cause, Patient patient, Ward ward, String each) {
        this.cause = cause;
        this.patient = patient;
        this.ward = ward;
        this.each = each;
    }

    /** The cause on that server: once, or once for each value of what it is about; ruled out where its first need does not hold. */
    static List<Candidate> of(Cause cause, Patient patient, Ward ward) {
        if (cause.needs().isEmpty()) {
            return List.of();
        }
        String by = cause.each();
        List<String> values = by == null ? List.of("") : values(cause, by, patient, ward);
        return (values.isEmpty() ? List.of("") : values)
                .stream()
                        .map(value -> new Consideration(cause, patient, ward, value).candidate())
                        .toList();
    }

    private static List<String> values(Cause cause, String by, Patient patient, Ward ward) {
        List<String> values = new ArrayList<>();
        for (Condition condition : cause.needs().getFirst().any()) {
            for (Hit hit : condition.all(patient, ward)) {
                String value = value(hit.finding(), by);
                if (value != null && !values.contains(value)) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static @Nullable String value(Finding finding, String by) {
        if (by.equals("subject")) {
            return finding.subject();
        }
        Object value = finding.evidence().get(by);
        return value instanceof List<?> list
                ? list.isEmpty() ? null : String.valueOf(list.getFirst())
                : value == null ? null : value.toString();
    }

    private Candidate candidate() {
        askNeeds();
        if (excludedBy == null && !needHits.isEmpty()) {
            askAgainst();
        }
        Candidate.State state = excludedBy != null
                ? Candidate.State.RULED_OUT
                : missing.isEmpty() ? Candidate.State.ESTABLISHED : Candidate.State.OPEN;
        boolean thoughtOf = excludedBy == null && !needHits.isEmpty();
        return new Candidate(
                cause,
                patient,
                each,
                state,
                thoughtOf ? List.copyOf(needHits) : List.of(),
                thoughtOf ? firstHits : 0,
                thoughtOf ? hits(cause.supports()) : List.of(),
                thoughtOf ? hits(cause.confirms()) : List.of(),
                thoughtOf ? hits(cause.doubts()) : List.of(),
                excludedBy == null ? List.copyOf(missing) : List.of(),
                excludedBy == null ? Set.copyOf(unread) : Set.of(),
                excludedBy);
    }

    private void askNeeds() {
        boolean first = true;
        for (Need raw : cause.needs()) {
            Need need = each.isEmpty() ? raw : raw.bound(each);
            Answer answer = need.ask(patient, ward);
            if (answer.holds()) {
                String by = first ? cause.each() : null;
                answer.hits().stream()
                        .filter(hit -> by == null || each.equals(value(hit.finding(), by)))
                        .forEach(needHits::add);
            } else if (answer.open()) {
                missing.add(need.words());
                need.any().forEach(this::note);
            } else {
                excludedBy = need.any().getFirst();
                return;
            }
            if (first && !answer.holds()) {
                return;
            }
            firstHits = first ? needHits.size() : firstHits;
            first = false;
        }
    }

    private void askAgainst() {
        for (Condition raw : cause.against()) {
            Condition condition = bound(raw);
            Answer answer = condition.ask(patient, ward);
            if (answer.holds()) {
                excludedBy = condition;
                return;
            }
            if (answer.open()) {
                note(condition);
            }
        }
    }

    private void note(Condition condition) {
        if (condition.unread(patient)) {
            unread.add(condition.check());
        }
    }

    private List<Hit> hits(List<Condition> conditions) {
        List<Hit> hits = new ArrayList<>();
        for (Condition condition : conditions) {
            bound(condition).ask(patient, ward).hits().stream().limit(1).forEach(hits::add);
        }
        return List.copyOf(hits);
    }

    private Condition bound(Condition condition) {
        return each.isEmpty() ? condition : condition.bound(each, List.of());
    }
}
