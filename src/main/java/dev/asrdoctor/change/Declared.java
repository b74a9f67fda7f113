package dev.asrdoctor.change;

import dev.asrdoctor.change.Assessment.Missing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The differences that a change was declared to make, and which of them have come on any server. */
final class Declared {
    private static final int LONGEST_HINT = 3;

    private final List<Expectation.Compiled> expectations;
    private final Set<Expectation> came = new HashSet<>();

    Declared(List<Expectation> expectations) {
        this.expectations = expectations.stream().map(Expectation::compiled).toList();
    }

    /** The line that a difference was declared with, which has come with it; null where nobody said that it would. */
    @Nullable Expectation by(Difference difference) {
        for (Expectation.Compiled one : expectations) {
            if (one.covers(difference)) {
                came.add(one.expectation());
                return one.expectation();
            }
        }
        return null;
    }

    /** What has not come on a server although it was to come on each. */
    List<Missing> missing(String server, List<Difference> differences, Reading.Read read) {
        List<Missing> missing = new ArrayList<>();
        for (Expectation.Compiled one : expectations) {
            if (differences.stream().anyMatch(one::covers)) {
                came.add(one.expectation());
            } else if (one.expectation().need() == Expectation.Need.EACH && one.names(server)) {
                missing.add(new Missing(one.expectation(), instead(one, differences, read)));
            }
        }
        return missing;
    }

    /** Once every server was looked at: what was to come on one at least. */
    List<Missing> cameNowhere() {
        return expectations.stream()
                .map(Expectation.Compiled::expectation)
                .filter(expectation -> expectation.need() == Expectation.Need.ANY && !came.contains(expectation))
                .map(expectation -> new Missing(expectation, ""))
                .toList();
    }

    private static String instead(Expectation.Compiled expectation, List<Difference> differences, Reading.Read read) {
        List<String> others = differences.stream()
                .filter(difference -> expectation.at(difference.path()))
                .map(difference -> difference.path() + " went from " + value(difference.before()) + " to "
                        + value(difference.after()))
                .limit(LONGEST_HINT)
                .toList();
        if (!others.isEmpty()) {
            return String.join("; ", others);
        }
        List<String> still = FactDiff.values(read.facts()).entrySet().stream()
                .filter(entry -> expectation.at(entry.getKey()))
                .map(entry -> entry.getKey() + " is still " + entry.getValue())
                .limit(LONGEST_HINT)
                .toList();
        return still.isEmpty() ? "there is no such fact" : String.join("; ", still);
    }

    private static String value(@Nullable String value) {
        return value == null ? "nothing" : value;
    }
}
