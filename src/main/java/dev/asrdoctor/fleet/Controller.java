package dev.asrdoctor.fleet;

import dev.asrdoctor.connect.Connecting;
import dev.asrdoctor.remoting.Redaction;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/**
 * The machine and the process that a use case runs on: everything outside the program that it touches.
 *
 * @param zone in which people there tell the time
 * @param whoAndWhere who runs it, as user at machine
 * @param version of this program
 */
public record Controller(Connecting connecting, ZoneId zone, String whoAndWhere, String version, Watcher watcher) {
    public InstantSource clock() {
        return connecting.clock();
    }

    public RandomGenerator random() {
        return connecting.random();
    }

    public Redaction redaction() {
        return connecting.redaction();
    }
}
