package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When the policy lets anything be healed; pure. */
final class RunTimes {
    private RunTimes() {}

    static Optional<Objection> objection(Policy policy, Instant now) {
        for (TimeWindow blackout : policy.get(PolicySettings.BLACKOUTS)) {
            if (blackout.contains(now)) {
                return Objection.of(
                        "blackout", "the policy forbids it now (guardRails.blackouts: " + blackout.text() + ")");
            }
        }
        List<TimeWindow> allowed = policy.get(PolicySettings.ALLOWED);
        return allowed.isEmpty() || allowed.stream().anyMatch(window -> window.contains(now))
                ? Optional.empty()
                : Objection.of(
                        "window",
                        "the policy allows it only in guardRails.allowed ("
                                + allowed.stream().map(TimeWindow::text).collect(Collectors.joining("; ")) + ")");
    }
}
