package dev.asrdoctor.change;

import java.time.Duration;

/** Whoever waits for a change to be well, and sees what is waited for. */
public interface Waiting extends AutoCloseable {

    /**
     * Lets time pass.
     *
     * @param left until nobody waits any longer
     * @param next until the next reading, at most {@code left}
     */
    void pause(Assessment assessment, Duration left, Duration next) throws InterruptedException;

    /** It was stopped: this is known, and nothing of it is kept. */
    void stopped(Assessment assessment);

    @Override
    void close();
}
