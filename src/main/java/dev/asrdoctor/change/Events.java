package dev.asrdoctor.change;

import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.store.Window;

/** What happens to change windows. */
final class Events {
    private Events() {}

    /** Something that is done now, by whoever runs this. */
    static Window.Event now(Controller controller, String what, String detail) {
        return new Window.Event(controller.clock().instant(), controller.whoAndWhere(), what, detail);
    }
}
