package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.Server;

/** How a visit to one server ended. */
public sealed interface Outcome<R> {
    Server server();

    record Done<R>(Server server, R value) implements Outcome<R> {}

    record Failed<R>(Server server, Trouble trouble) implements Outcome<R> {}
}
