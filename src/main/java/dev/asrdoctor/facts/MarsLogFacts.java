package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MARS agent's trace and the public addresses in it.
 *
 * @param folder null where no MARS agent is installed
 * @param addresses connections to port 443 of the addresses that the lines name
 */
public record MarsLogFacts(@Nullable String folder, List<LogFacts> logs, List<ConnectionFacts> addresses) {}
