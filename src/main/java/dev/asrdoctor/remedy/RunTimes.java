package dev.asrdoctor.remedy;

import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When the policy lets anything be healed; pure. */
final class RunTimes {
    private RunTimes() {}

    static Optional<Objection> objection(Policy policy, Instant now) {
        for (TimeWindow blackout : policy.get(RailLimits.BLACKOUTS)) {
            if (blackout.contains(now)) {
                return Objection.of(
                        "blackout", "the policy forbids it now (guardRails.blackouts: " + blackout.text() + ")");
            }
        }
        List<TimeWindow> allowed = policy.get(RailLimits.ALLOWED);
        return allowed.isEmpty() || allowed.stream().anyMatch(window -> window.contains(now))
                ? Optional.empty()
                : Objection.of(
                        "window",
                        "the policy allows it only in guardRails.allowed ("
                                + allowed.stream().map(TimeWindow::text).collect(Collectors.joining("; ")) + ")");
    }
}
