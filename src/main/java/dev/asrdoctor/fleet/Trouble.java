package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.InventoryWords;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Wait;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Why a server gave no answer.
 *
 * @param stage how far it came, lower case: {@code name}, {@code tcp}, {@code tls}, ... {@code answer}
 * @param kind the failure's kind, stable, for example {@code logon-failed}
 */
public record Trouble(String stage, String kind, String message, String advice) {

    public static Trouble of(RemotingFailure failure) {
        return new Trouble(
                failure.stage().name().toLowerCase(Locale.ROOT), failure.kind(), failure.message(), failure.advice());
    }

    /** @param waits that did not help */
    public static Trouble of(RemotingFailure failure, List<Wait> waits) {
        Trouble trouble = of(failure);
        long seconds = waits.stream().mapToLong(wait -> wait.time().toMillis()).sum() / 1000;
        return waits.isEmpty()
                ? trouble
                : new Trouble(
                        trouble.stage(),
                        trouble.kind(),
                        trouble.message() + " (asked " + (waits.size() + 1) + " times, waited " + seconds + " s)",
                        trouble.advice());
    }

    public static Trouble of(AnswerFailure failure) {
        return new Trouble("answer", failure.kind(), failure.message(), failure.advice());
    }

    /** The kinds of {@link #stopped}. */
    static final String WAITED_FOR = "stopped";

    static final String NOT_BEGUN = "not-begun";

    public static final Set<String> STOPPED = Set.of(WAITED_FOR, NOT_BEGUN);

    /** @param begun its answer was being waited for */
    public static Trouble stopped(boolean begun) {
        return begun
                ? new Trouble(
                        "answer",
                        WAITED_FOR,
                        "the run was stopped while it was waiting for this server",
                        "Run it again for this server.")
                : new Trouble(
                        "name",
                        NOT_BEGUN,
                        "the run was stopped before this server was asked",
                        "Run it again for this server.");
    }

    /** The run was stopped while its answer was being waited for. */
    public boolean waitedFor() {
        return kind.equals(WAITED_FOR);
    }

    /** The run was stopped before it was asked. */
    public boolean notBegun() {
        return kind.equals(NOT_BEGUN);
    }

    /** Advice in the words of the reader's inventory. */
    public Trouble in(InventoryWords words) {
        return new Trouble(stage, kind, message, words.of(advice));
    }

    /** What a server says may hold what it was sent. */
    public Trouble redacted(Redaction redaction) {
        return new Trouble(stage, kind, redaction.of(message), redaction.of(advice));
    }

    /** What one server set off in asrdoctor itself is told for that server, and the run goes on. */
    public static Trouble ofOwn(Throwable fault) {
        return new Trouble(
                "answer",
                "own-fault",
                "asrdoctor itself failed on this server: " + fault,
                "This is a fault of asrdoctor; please report it with this line.");
    }
}
