package dev.asrdoctor.diagnosis;

import dev.asrdoctor.product.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be wrong, as causes.yaml describes it.
 *
 * @param level where it lies
 * @param title one line without a server's name; {@code {...}} is filled in from the findings that speak for it
 * @param on deployments for which it is considered
 * @param each evidence of the first need (or {@code subject}) for each value of which there is one cause of its own
 * @param needs all of them have to hold; the first is the symptom, and a deeper cause that explains it makes this one its
 *     consequence
 * @param confirms one of them decides for it against its rivals
 * @param supports each makes it more likely
 * @param doubts each makes it less likely without ruling it out
 * @param against each rules it out
 * @param explains findings that vanish with it
 * @param next what to do first
 * @param remedy the remedy of {@code asrdoctor remediate} that mends it, if one does
 * @param findOut how to learn the facts that it lacks
 */
public record Cause(
        String id,
        Level level,
        String title,
        Kind kind,
        Sureness sureness,
        Set<Deployment> on,
        @Nullable String each,
        List<Need> needs,
        List<Condition> confirms,
        List<Condition> supports,
        List<Condition> doubts,
        List<Condition> against,
        List<Condition> explains,
        String next,
        @Nullable String remedy,
        @Nullable String findOut,
        List<Rival> rivals) {

    /** Where a cause lies. Of two that explain each other, the one that stands earlier here lies deeper. */
    public enum Level {
        /** What the server needs of others: network, names, proxies, Azure, other servers. */
        SURROUNDINGS,
        /** The machine itself: clock, disks, Windows and its settings, other products. */
        MACHINE,
        /** A service or an agent of the product. */
        SERVICE,
        /** A transfer, whose reason its own logs tell. */
        TRANSFER,
        /** What is seen, with nothing that says why. It leads only where all that could explain it was read and is in order. */
        SYMPTOM
    }

    /** The more urgent first. */
    public enum Kind {
        /** Replication stands still, or soon will. */
        FAULT,
        /** Wrong, but it stops nothing now; where it explains a failure it counts as a fault. */
        RISK,
        /** To be looked at again. */
        WATCH
    }

    /** How sure the needs alone make it. */
    public enum Sureness {
        CERTAIN(0.95),
        LIKELY(0.8),
        POSSIBLE(0.5);

        private final double confidence;

        Sureness(double confidence) {
            this.confidence = confidence;
        }

        public double confidence() {
            return confidence;
        }
    }

    /**
     * Another cause with the same symptoms.
     *
     * @param decide the one fact that tells the two apart, and how to learn it
     */
    public record Rival(String cause, String decide) {}

    /** Whether it is considered on servers that an inventory calls like one of these, whichever product they belong to. */
    boolean isConsideredOn(Deployment deployment) {
        return on.stream().anyMatch(deployment::isCalledLike);
    }

    public List<String> needWords() {
        return needs.stream().map(Need::words).toList();
    }

    public List<String> confirmWords() {
        return words(confirms);
    }

    public List<String> supportWords() {
        return words(supports);
    }

    public List<String> doubtWords() {
        return words(doubts);
    }

    public List<String> againstWords() {
        return words(against);
    }

    public List<String> explainWords() {
        return words(explains);
    }

    private static List<String> words(List<Condition> conditions) {
        return conditions.stream().map(Condition::words).toList();
    }

    Optional<Rival> rival(String other) {
        return rivals.stream().filter(rival -> rival.cause().equals(other)).findFirst();
    }
}
