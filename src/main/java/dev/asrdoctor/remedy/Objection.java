package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a guard rail holds something back.
 *
 * @param guard a stable word, such as {@code blackout}
 * @param reason in words, with the numbers and the setting
 */
record Objection(String guard, String reason) {
    static Optional<Objection> of(String guard, String reason) {
        return Optional.of(new Objection(guard, reason));
    }

    /**
     * Holds where nobody knows when it booted, too.
     *
     * @param facts null where nothing is known of the server
     */
    static Optional<Objection> tooYoung(Policy policy, @Nullable Facts facts) {
        Duration least = policy.get(RailLimits.MINIMUM_UPTIME);
        if (least.isZero()) {
            return Optional.empty();
        }
        HostFacts host = facts == null ? null : facts.read(FactArea.HOST);
        if (host == null || host.bootedAt() == null || host.bootedAt().isAfter(host.utcNow())) {
            return of(
                    "uptime-unread",
                    "nobody knows when the server booted, and for " + Words.duration(least)
                            + " after that it is left alone (guardRails.minimumUptime)");
        }
        Duration up = Duration.between(host.bootedAt(), host.utcNow());
        return up.compareTo(least) < 0
                ? of(
                        "uptime",
                        "the server booted " + Words.duration(up) + " ago; it is left alone for "
                                + Words.duration(least) + " (guardRails.minimumUptime)")
                : Optional.empty();
    }

    static Optional<Objection> inChange(String server, OpenWindows changes) {
        return changes.of(server)
                .map(hold -> new Objection(
                        "change-window",
                        "it is in the change window " + hold.change() + " until " + hold.until()
                                + " ('asrdoctor change show " + hold.change() + "')"));
    }
}
