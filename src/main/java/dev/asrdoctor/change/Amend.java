package dev.asrdoctor.change;

import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Words;
import java.time.Instant;

/** Lets a change last until another time, or ends it without a verdict. */
public final class Amend {
    private final Controller controller;
    private final Windows windows;

    public Amend(Controller controller, Windows windows) {
        this.controller = controller;
        this.windows = windows;
    }

    /** @throws ChangeException where it is not open, or ends then already */
    public void extend(Window window, Instant now, Instant end, String reason) throws Exception {
        if (window.state() != Window.State.OPEN) {
            throw new ChangeException(window.id() + " is "
                    + (window.state() == Window.State.OPENING
                            ? "not open: whoever opened it was stopped in the middle; open it again"
                            : window.state().word() + ", so it cannot be extended"));
        }
        if (end.equals(window.until())) {
            throw new ChangeException(window.id() + " ends at " + words(end) + " already");
        }
        String from = words(window.until()) + (window.expired(now) ? " (it had expired)" : "");
        windows.save(window.extended(
                end,
                new Window.Event(
                        now,
                        controller.whoAndWhere(),
                        window.expired(now) ? Window.REOPENED : end.isBefore(window.until()) ? "shortened" : "extended",
                        "from " + from + " to " + words(end) + (reason.isBlank() ? "" : ": " + reason))));
    }

    /** @throws ChangeException where it has ended already */
    public void abort(Window window, String reason) throws Exception {
        switch (window.state()) {
            case CLOSED, ABORTED ->
                throw new ChangeException(window.id() + " is " + window.state().word() + " already");
            case OPENING, OPEN -> windows.save(window.aborted(Events.now(controller, "aborted", reason)));
        }
    }

    private String words(Instant end) {
        return Words.minute(end, controller.zone());
    }
}
