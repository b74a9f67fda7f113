package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.remoting.Wait;
import java.util.List;

/** How a visit to one server ended. */
public sealed interface Outcome<R> {
    Server server();

    /** @param waits before something was asked again */
    record Done<R>(Server server, R value, List<Wait> waits) implements Outcome<R> {
        public Done {
            waits = List.copyOf(waits);
        }

        public Done(Server server, R value) {
            this(server, value, List.of());
        }
    }

    record Failed<R>(Server server, Trouble trouble) implements Outcome<R> {}
}
