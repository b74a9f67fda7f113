package dev.asrdoctor.change;

import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a change that was verified, or that somebody takes it upon himself to end. */
public final class Close {
    private final Controller controller;
    private final Windows windows;
    private final Rules rules;

    public Close(Controller controller, Windows windows, Rules rules) {
        this.controller = controller;
        this.windows = windows;
        this.rules = rules;
    }

    /**
     * How it ended.
     *
     * @param closed false: it stays open
     * @param words of its verdict; where it stays open, why
     */
    public record Closed(boolean closed, String words) {}

    /**
     * While no other asrdoctor works on the window.
     *
     * @param forced why it is closed although it did not pass, null where it is not forced
     * @throws ChangeException where it is not open, or was not verified
     */
    public Closed close(Window window, @Nullable String forced) throws Exception {
        if (window.state() != Window.State.OPEN) {
            throw new ChangeException(window.id() + " is not open: "
                    + (window.state() == Window.State.OPENING
                            ? "whoever opened it was stopped in the middle; abort it, or open it again"
                            : "it is " + window.state().word() + " already"));
        }
        Optional<Window.Verification> last = window.lastVerified();
        Verdict verdict = last.map(Window.Verification::verdict).orElse(null);
        String words = verdict == null ? "not verified" : verdict.words();
        if (forced == null) {
            if (last.isEmpty() || window.interrupted().isPresent()) {
                throw new ChangeException((last.isEmpty()
                                ? window.id() + " was not verified"
                                : "the last verification of " + window.id() + " was stopped in the middle")
                        + "; asrdoctor change verify " + window.id()
                        + ", or abort it, or close it with --force --reason \"...\"");
            }
            Optional<String> failed = failed(window, verdict, words);
            if (failed.isPresent()) {
                return new Closed(false, failed.get());
            }
        }
        windows.save(window.closed(
                Events.now(controller, "closed", forced == null ? words : words + "; forced: " + forced)));
        return new Closed(true, words);
    }

    private Optional<String> failed(Window window, @Nullable Verdict verdict, String words) throws Exception {
        if (verdict == Verdict.FAIL) {
            return Optional.of("the last verdict of " + window.id() + " is FAIL, so it stays open; asrdoctor"
                    + " change show " + window.id() + " tells why. Mend it and verify again, or close it with"
                    + " --force --reason \"...\"");
        }
        boolean fails = new LastReport(rules, controller.version())
                .of(windows, window)
                .map(ChangeReport::verdict)
                .equals(Optional.of(Verdict.FAIL));
        return fails
                ? Optional.of("the verdict that was recorded of " + window.id()
                        + " is " + words
                        + ", and the facts that were kept make it FAIL, so it"
                        + " stays open. Verify again, or close it with --force --reason \"...\"")
                : Optional.empty();
    }
}
