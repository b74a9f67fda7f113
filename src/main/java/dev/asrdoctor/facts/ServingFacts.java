package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an appliance lets in and answers what comes to it.
 *
 * @param served its own ports for control and for the configuration manager, tried from itself
 * @param listeners its ports on which something listens; null where that could not be read
 * @param rules active rules of Windows' firewall about what comes in to these ports, in the firewall's own notation
 * @param unread keys of the firewall that could not be read
 */
public record ServingFacts(
        List<ConnectionFacts> served,
        @Nullable List<Listener> listeners,
        List<Profile> profiles,
        List<String> rules,
        List<String> unread) {

    public record Listener(long port, long process) {}

    /**
     * @param from {@code policy} or {@code local}
     * @param inbound what happens to what no rule is about: 0 comes in, 1 does not
     */
    public record Profile(
            String name,
            String from,
            @Nullable Long enabled,
            @Nullable Long inbound) {}
}
