package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections from a source machine to its process server's data port and to its configuration server.
 *
 * @param target host and port; null where the inventory names no process server
 * @param addresses what the name resolves to; empty for an IP address
 * @param nameError null, or the error id of the resolution
 * @param configurationServer the one that the mobility agent was told of; null where nothing tells it
 * @param controls the control port of the appliance that the mobility agent was joined to, by each name and address that is
 *     known of it; null where it was joined to none
 */
public record SourceFacts(
        @Nullable String target,
        List<String> addresses,
        @Nullable String nameError,
        List<ConnectionFacts> attempts,
        @Nullable ConnectionFacts configurationServer,
        @Nullable List<ConnectionFacts> controls) {}
