package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run under way: while the kill switch is there, when the time of the run or of the policy is up, for a server
 * whose change window was opened meanwhile, and when servers in a row were not healed.
 */
public final class RunBrake {
    private final Path killSwitch;
    private final Policy policy;
    private final int most;
    private final AtomicInteger failures = new AtomicInteger();

    private final InstantSource clock;
    private final @Nullable Instant until;
    private final ChangeWindows changes;

    /** Which servers are in a change window; read anew for each server, since one may be opened at any time. */
    @FunctionalInterface
    public interface ChangeWindows {
        OpenWindows openAt(Instant now) throws StoreException;

        /** Those that are kept. */
        static ChangeWindows of(Windows windows) {
            return now -> OpenWindows.read(windows, now);
        }
    }

    /** @param until when nothing more is begun, null where the run has no end */
    public RunBrake(Policy policy, InstantSource clock, @Nullable Instant until, ChangeWindows changes) {
        this.killSwitch = Path.of(policy.get(RailLimits.KILL_SWITCH));
        this.policy = policy;
        this.most = policy.get(RailLimits.FAILURES_STOP);
        this.clock = clock;
        this.until = until;
        this.changes = changes;
    }

    /** Why nothing more may be begun anywhere. */
    public Optional<String> pulled() {
        for (Path file : List.of(killSwitch, killSwitch.resolveSibling(killSwitch.getFileName() + ".txt"))) {
            if (Files.exists(file)) {
                return Optional.of("the kill switch is on: take the file " + file + " away to go on");
            }
        }
        if (!Files.notExists(killSwitch)) {
            return Optional.of("nobody knows whether the kill switch is on: it cannot be seen whether there is a file "
                    + killSwitch);
        }
        Instant now = clock.instant();
        if (until != null && !now.isBefore(until)) {
            return Optional.of("the time of this run is up (--within)");
        }
        return most > 0 && failures.get() >= most
                ? Optional.of(most + " servers in a row were not healed (guardRails.failuresInARow), so the run stops;"
                        + " look at these first")
                : Optional.empty();
    }

    /** Why a server may not be begun; asked right before each. */
    Optional<Objection> objection(String server) {
        Optional<Objection> run = pulled().map(why -> new Objection("run-stopped", why));
        if (run.isPresent()) {
            return run;
        }
        Instant now = clock.instant();
        Optional<Objection> times = RunTimes.objection(policy, now);
        return times.isPresent() ? times : inChange(server, now);
    }

    private Optional<Objection> inChange(String server, Instant now) {
        try {
            return Objection.inChange(server, changes.openAt(now));
        } catch (StoreException e) {
            return Objection.of(
                    "change-window", "nobody knows whether it is in a change window now: " + e.getMessage());
        }
    }

    /**
     * What of a plan may be begun now; the rest is held back.
     *
     * @param facts as they were read right before, since a server may have booted after the plan
     */
    public ServerPlan before(ServerPlan plan, Facts facts) {
        return objection(plan.server().name())
                .or(() -> Objection.tooYoung(policy, facts))
                .map(plan::without)
                .orElse(plan);
    }

    /** Once it is pulled it stays so for the run. */
    public void ended(boolean healed) {
        failures.updateAndGet(count -> most > 0 && count >= most ? count : healed ? 0 : count + 1);
    }
}
