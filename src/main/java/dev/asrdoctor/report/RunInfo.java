package dev.asrdoctor.report;

import java.time.Instant;

/** What a report says about the run itself. */
public record RunInfo(String toolVersion, Instant startedAt, Instant finishedAt) {}
