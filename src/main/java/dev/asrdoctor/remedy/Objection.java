package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.inventory.Server;
import java.util.Optional;

/**
 * Why a guard rail holds something back.
 *
 * @param guard a stable word, such as {@code blackout}
 * @param reason in words, with the numbers and the setting
 */
record Objection(String guard, String reason) {
    static Optional<Objection> of(String guard, String reason) {
        return Optional.of(new Objection(guard, reason));
    }

    static Optional<Objection> inChange(Server server, OpenWindows changes) {
        return changes.of(server.name())
                .map(hold -> new Objection(
                        "change-window",
                        "it is in the change window " + hold.change() + " until " + hold.until()
                                + " ('asrdoctor change show " + hold.change() + "')"));
    }
}
