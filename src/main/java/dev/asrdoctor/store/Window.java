package dev.asrdoctor.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change window as it stands on disk.
 *
 * @param id the change's number, for example {@code CHG0012345}
 * @param until from then on it is expired: nothing is held back any more, though it can still be verified and closed
 * @param openedBy who opened it, as user at machine
 * @param inventory that it was opened with
 * @param servers names in that inventory
 * @param policy file that it was opened with, null for the built-in values
 * @param forced why it was opened although the fleet was not fit to be changed, null where it was fit
 * @param baseline fingerprint of the facts before the change, empty until they are taken
 * @param basis of the baseline, null until it is taken
 * @param history everything that was done to it, the oldest first
 */
public record Window(
        String id,
        State state,
        Instant openedAt,
        Instant until,
        String openedBy,
        Path inventory,
        List<String> servers,
        @Nullable Path policy,
        @Nullable String forced,
        String baseline,
        @Nullable Basis basis,
        List<Verification> verifications,
        List<Event> history) {

    /** What happened to one that had expired and was extended. */
    public static final String REOPENED = "reopened";

    public Window {
        servers = List.copyOf(servers);
        verifications = List.copyOf(verifications);
        history = List.copyOf(history);
    }

    /** JSON: lower case. */
    public enum State {
        /** The baseline is being taken, or whoever took it was stopped in the middle. */
        OPENING,
        OPEN,
        CLOSED,
        ABORTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A comparison with the baseline.
     *
     * @param number from 1; names the folder with its facts
     * @param verdict null while it is being made, and where whoever made it was stopped in the middle
     * @param facts fingerprint of the facts after the change, empty with no verdict
     * @param basis null with no verdict
     * @param notes what was known beside the facts
     */
    public record Verification(
            int number,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String by,
            @Nullable Verdict verdict,
            String facts,
            @Nullable Basis basis,
            List<String> notes) {

        /** One that has just been begun. */
        public static Verification begun(int number, Instant startedAt, String by) {
            return new Verification(number, startedAt, null, by, null, "", null, List.of());
        }

        public Verification {
            notes = List.copyOf(notes);
        }
    }

    /** @param what for example {@code extended}; {@code detail} says how or why, and may be empty */
    public record Event(Instant at, String by, String what, String detail) {}

    /** Whether a server is one of it, upper and lower case alike. */
    public boolean names(String server) {
        return servers.stream().anyMatch(server::equalsIgnoreCase);
    }

    /** Whether servers of it are to be left alone at a time. */
    public boolean holds(Instant now) {
        return state == State.OPEN && now.isBefore(until);
    }

    public boolean expired(Instant now) {
        return state == State.OPEN && !now.isBefore(until);
    }

    /** The last comparison that came to its end. */
    public Optional<Verification> lastVerified() {
        return verifications.reversed().stream()
                .filter(verification -> verification.verdict() != null)
                .findFirst();
    }

    /** The comparison that was begun and never came to its end. */
    public Optional<Verification> interrupted() {
        return verifications.stream()
                .filter(verification -> verification.verdict() == null)
                .findFirst();
    }

    /** When nothing more was meant to be done in it; nothing while it is open. */
    public Optional<Instant> endedAt() {
        return state == State.CLOSED || state == State.ABORTED
                ? Optional.of(history.getLast().at())
                : Optional.empty();
    }

    Window with(State other, Event event) {
        return with(other, until, verifications, event);
    }

    private Window with(State state, Instant until, List<Verification> verifications, Event event) {
        return new Window(
                id,
                state,
                openedAt,
                until,
                openedBy,
                inventory,
                servers,
                policy,
                forced,
                baseline,
                basis,
                verifications,
                and(event));
    }

    /** Open from now on, with the baseline that was taken. */
    public Window opened(String fingerprint, Basis how, @Nullable String reason, Event event) {
        return new Window(
                id,
                State.OPEN,
                openedAt,
                until,
                openedBy,
                inventory,
                servers,
                policy,
                reason,
                fingerprint,
                how,
                verifications,
                and(event));
    }

    public Window closed(Event event) {
        return with(State.CLOSED, event);
    }

    public Window aborted(Event event) {
        return with(State.ABORTED, event);
    }

    public Window extended(Instant later, Event event) {
        return with(state, later, verifications, event);
    }

    /** With a comparison, in place of the one with the same number. */
    public Window verified(Verification verification, Event event) {
        List<Verification> others = new ArrayList<>(verifications);
        others.removeIf(other -> other.number() == verification.number());
        others.add(verification);
        return with(state, until, others, event);
    }

    private List<Event> and(Event event) {
        List<Event> all = new ArrayList<>(history);
        all.add(event);
        return all;
    }
}
