package dev.asrdoctor.lab;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A source of a simulated Windows that does not answer as it should.
 *
 * @param script only during the n-th script, counted from 1; 0: during every one
 * @param from after the lab began
 * @param until after the lab began, exclusive; null: for ever
 */
record StateFault(
        Target target,
        Kind error,
        String message,
        long script,
        Duration from,
        @Nullable Duration until) {

    boolean strikes(long runningScript, Duration sinceBegin) {
        return (script == 0 || script == runningScript)
                && sinceBegin.compareTo(from) >= 0
                && (until == null || sinceBegin.compareTo(until) < 0);
    }

    enum Target {
        CIM,
        REGISTRY,
        SCM,
        EVENTLOG,
        PROCESS
    }

    enum Kind {
        ACCESS_DENIED,
        THROWS,
        HANG
    }
}
