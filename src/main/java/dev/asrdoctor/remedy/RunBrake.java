package dev.asrdoctor.remedy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stops a run under way: while the kill switch is there, and when servers in a row were not healed. */
public final class RunBrake {
    private final Path killSwitch;
    private final int most;
    private final AtomicInteger failures = new AtomicInteger();

    private final InstantSource clock;
    private final @Nullable Instant until;

    /**
     * @param most so many servers in a row that were not healed stop the run; 0: none do
     * @param until when nothing more is begun, null where the run has no end
     */
    public RunBrake(Path killSwitch, int most, InstantSource clock, @Nullable Instant until) {
        this.killSwitch = killSwitch;
        this.most = most;
        this.clock = clock;
        this.until = until;
    }

    /** Why nothing more may be begun; asked right before each server. */
    public Optional<String> pulled() {
        if (Files.exists(killSwitch)) {
            return Optional.of("the kill switch is on: take the file " + killSwitch + " away to go on");
        }
        if (until != null && !clock.instant().isBefore(until)) {
            return Optional.of("the time of this run is up (--within)");
        }
        return most > 0 && failures.get() >= most
                ? Optional.of(most + " servers in a row were not healed (guardRails.failuresInARow), so the run stops;"
                        + " look at these first")
                : Optional.empty();
    }

    /** Once it is pulled it stays so for the run. */
    public void ended(boolean healed) {
        failures.updateAndGet(count -> most > 0 && count >= most ? count : healed ? 0 : count + 1);
    }
}
