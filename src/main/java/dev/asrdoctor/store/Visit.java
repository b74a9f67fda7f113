package dev.asrdoctor.store;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.Server;

/** What is kept of a visit to one server. */
public sealed interface Visit {
    /** As the inventory said it then. */
    Server server();

    record Read(Server server, Facts facts) implements Visit {}

    /** @param stage how far it came; {@code kind} is stable, {@code message} and {@code advice} are for people */
    record Unread(Server server, String stage, String kind, String message, String advice) implements Visit {}
}
