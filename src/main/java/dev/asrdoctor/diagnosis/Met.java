package dev.asrdoctor.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far what a cause needs is there.
 *
 * @param hits findings that it needs, the first need's first
 * @param ofFirst how many of them the first need has
 * @param missing needs that nobody could answer
 * @param refuted what is needed and is not so, null where nothing is
 */
record Met(
        List<Hit> hits,
        int ofFirst,
        List<String> missing,
        @Nullable Condition refuted) {
    static final Met NOTHING = new Met(List.of(), 0, List.of(), null);

    Met {
        hits = List.copyOf(hits);
        missing = List.copyOf(missing);
    }

    boolean open() {
        return !missing.isEmpty();
    }

    /** Asks until one is not so; where the first is not known, what else is needed tells nothing. */
    static Met of(Cause cause, String each, Patient patient, Ward ward) {
        List<Hit> hits = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int ofFirst = 0;
        boolean first = true;
        for (Need raw : cause.needs()) {
            Need need = each.isEmpty() ? raw : raw.bound(each);
            Answer answer = need.ask(patient, ward);
            if (answer.holds()) {
                String by = first ? cause.each() : null;
                answer.hits().stream()
                        .filter(hit -> by == null || each.equals(Candidate.value(hit.finding(), by)))
                        .forEach(hits::add);
            } else if (answer.open()) {
                missing.add(need.words());
                if (first) {
                    break;
                }
            } else {
                return new Met(hits, ofFirst, missing, need.any().getFirst());
            }
            ofFirst = first ? hits.size() : ofFirst;
            first = false;
        }
        return new Met(hits, ofFirst, missing, null);
    }
}
