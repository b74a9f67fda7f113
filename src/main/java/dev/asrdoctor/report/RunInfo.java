package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import java.time.Instant;

/**
 * What a report says about the run itself.
 *
 * @param planned servers whose trouble is expected, because a change is being made
 */
public record RunInfo(String toolVersion, Instant startedAt, Instant finishedAt, OpenWindows planned) {
    public RunInfo(String toolVersion, Instant startedAt, Instant finishedAt) {
        this(toolVersion, startedAt, finishedAt, OpenWindows.NONE);
    }
}
