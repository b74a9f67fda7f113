package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the heartbeat to the configuration server shows.
 *
 * @param connection null where no configuration server is registered
 */
public record HeartbeatFacts(@Nullable ConnectionFacts connection, List<LogFacts> logs) {}
