package dev.asrdoctor.remedy;

import dev.asrdoctor.text.Words;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How a step ended, as the remedy script tells it. */
public enum Ending {
    STARTED,
    RESUMED,
    RESTARTED,
    ALREADY_RUNNING,
    ALREADY_RESTARTED,
    WOULD_START,
    WOULD_RESUME,
    WOULD_RESTART,
    STOPPED_AGAIN,
    TIMED_OUT,
    STUCK,
    START_FAILED,
    REFUSED_DISABLED,
    REFUSED_UNREAD,
    REFUSED_DELETED,
    REFUSED_MISSING,
    RESTART_REFUSED,
    RESTART_MOVED_ON,
    RESTART_FAILED,
    STOP_TIMED_OUT,
    DEPENDANT_DOWN,
    SKIPPED_DEPENDENCY_FAILED,
    NOT_INSTALLED,
    NOT_RUNNING,
    SET,
    ALREADY_SET,
    WOULD_SET,
    SET_FAILED,
    MOVED_ON,
    CREDENTIALS,
    ASKED,
    WOULD_RESYNC,
    RESYNC_FAILED,
    /** A word that only another version of the script knows. */
    OTHER;

    private static final Set<Ending> REHEARSED =
            EnumSet.of(WOULD_START, WOULD_RESUME, WOULD_RESTART, WOULD_SET, WOULD_RESYNC);
    private static final Set<Ending> RAN =
            EnumSet.of(STOPPED_AGAIN, STARTED, RESUMED, ALREADY_RUNNING, RESTARTED, ALREADY_RESTARTED);
    private static final Set<Ending> ACTED =
            EnumSet.of(SET, ALREADY_SET, ASKED, RESTARTED, ALREADY_RESTARTED, STARTED, RESUMED);

    /** What of a restart is not healed by a new process, which may be somebody else's. */
    private static final Set<Ending> NOT_RESTARTED = EnumSet.of(DEPENDANT_DOWN, SKIPPED_DEPENDENCY_FAILED);

    /** On the wire, for example {@code already-running}. */
    public String word() {
        return Words.word(this);
    }

    static Ending of(String word) {
        return Arrays.stream(values())
                .filter(ending -> ending != OTHER && ending.word().equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    /** Something would be done, and nothing was. */
    boolean rehearsed() {
        return REHEARSED.contains(this);
    }

    /** The service ran at some time. */
    boolean ran() {
        return RAN.contains(this);
    }

    /** What was asked for was done. */
    boolean acted() {
        return ACTED.contains(this);
    }

    boolean leavesOthersDown() {
        return NOT_RESTARTED.contains(this);
    }
}
