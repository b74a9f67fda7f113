package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections from a source machine to its process server's data port.
 *
 * @param target host and port; null where the inventory names no process server
 * @param addresses what the name resolves to; empty for an IP address
 * @param nameError null, or the error id of the resolution
 */
public record SourceFacts(
        @Nullable String target,
        List<String> addresses,
        @Nullable String nameError,
        List<ConnectionFacts> attempts) {}
