package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.Words;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.inventory.Server;
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

    /** @param facts null where nothing is known of the server */
    static Optional<Objection> tooYoung(Policy policy, @Nullable Facts facts) {
        HostFacts host = facts == null ? null : facts.read(FactArea.HOST);
        if (host == null || host.bootedAt() == null) {
            return Optional.empty();
        }
        Duration up = Duration.between(host.bootedAt(), host.utcNow());
        Duration least = policy.get(PolicySettings.MINIMUM_UPTIME);
        return !up.isNegative() && up.compareTo(least) < 0
                ? of(
                        "uptime",
                        "the server booted " + Words.duration(up) + " ago; it is left alone for "
                                + Words.duration(least) + " (guardRails.minimumUptime)")
                : Optional.empty();
    }

    static Optional<Objection> inChange(Server server, OpenWindows changes) {
        return changes.of(server.name())
                .map(hold -> new Objection(
                        "change-window",
                        "it is in the change window " + hold.change() + " until " + hold.until()
                                + " ('asrdoctor change show " + hold.change() + "')"));
    }
}
