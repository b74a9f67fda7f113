package dev.asrdoctor.remedy;

import dev.asrdoctor.check.ExitCodes;
import org.jspecify.annotations.Nullable;

/** What the remedy script did, in words. */
final class StepWords {
    private StepWords() {}

    static String of(StepOutcome outcome) {
        Long error = outcome.win32Error();
        Long exit = outcome.exitCode();
        return switch (outcome.outcome()) {
            case STOPPED_AGAIN -> "it started and stopped again" + exitWords(exit, outcome.serviceExitCode());
            case TIMED_OUT -> timedOut(outcome);
            case STUCK ->
                "it is " + outcome.after() + " and did not come out of that in time, so it was not told to start";
            case REFUSED_DISABLED -> refused(outcome, "has been disabled in the meantime");
            case REFUSED_UNREAD -> refused(outcome, "has settings that could not be read");
            case REFUSED_DELETED -> refused(outcome, "is marked for deletion");
            case REFUSED_MISSING -> refused(outcome, "is not installed");
            case SKIPPED_DEPENDENCY_FAILED -> "it was not tried, because " + outcome.message() + " did not come right";
            case RESTART_REFUSED, RESTART_MOVED_ON, RESTART_FAILED, STOP_TIMED_OUT, DEPENDANT_DOWN -> restart(outcome);
            case NOT_INSTALLED -> "it is not installed any more";
            case NOT_RUNNING -> "it was not running any more, and only running services are restarted";
            case MOVED_ON ->
                "it was left alone, because it stands otherwise than when the plan was made (" + outcome.before() + ")";
            case CREDENTIALS ->
                "it was left alone, because a password of " + outcome.message()
                        + " belongs to the proxy that stands there";
            case STARTED, RESUMED, RESTARTED, ALREADY_RESTARTED ->
                "it started, and was down again when it was read as the proof";
            case ALREADY_RUNNING -> "it ran already, and was down again when it was read as the proof";
            case ALREADY_SET -> "it was so already";
            case SET -> "it was done";
            case RESYNC_FAILED ->
                "w32tm could not do it"
                        + (exit == null ? "" : " (exit code " + exit + ")")
                        + (error == null ? "" : ": " + ExitCodes.words(error));
            case SET_FAILED ->
                "it could not be set"
                        + (error != null
                                ? ": " + ExitCodes.words(error)
                                : outcome.message() == null ? "" : ": " + outcome.message());
            case WOULD_START, WOULD_RESUME, WOULD_RESTART, START_FAILED, WOULD_SET, ASKED, WOULD_RESYNC, OTHER ->
                error != null
                        ? "it did not start: " + ExitCodes.words(error)
                        : "it did not start" + exitWords(exit, outcome.serviceExitCode());
        };
    }

    /** A restart that did not come to its end, and what stood in the way. */
    private static String restart(StepOutcome outcome) {
        Long error = outcome.win32Error();
        return switch (outcome.outcome()) {
            case RESTART_REFUSED ->
                "it was left as it was, because " + outcome.message()
                        + ", which takes it when it starts, might not start again";
            case RESTART_MOVED_ON ->
                "it was left as it was, because " + outcome.message()
                        + ", which takes it when it starts, was started anew since the plan was made, or cannot be told"
                        + " to run as it did then";
            case RESTART_FAILED ->
                "it could not be restarted"
                        + (error != null
                                ? ": " + ExitCodes.words(error)
                                : outcome.message() == null ? "" : ": " + outcome.message())
                        + ("running".equals(outcome.after()) ? "" : "; it is " + outcome.after());
            case STOP_TIMED_OUT ->
                outcome.message()
                        + " was told to stop and has not stopped in time; once it has, it stays down until it is started";
            case DEPENDANT_DOWN ->
                outcome.message() + ", which runs on top of it, was stopped for the restart and has not come up again";
            default -> throw new IllegalArgumentException(outcome.outcome() + " is no restart");
        };
    }

    private static String timedOut(StepOutcome outcome) {
        return switch (outcome.action()) {
            case "resume" -> "it was told to go on and has not come up in time";
            case "resync-time" -> "w32tm has not ended in time";
            default -> "it was told to start and has not come up in time";
        };
    }

    /** A restart that is refused has stopped nothing. */
    private static String refused(StepOutcome outcome, String why) {
        String whose = outcome.message();
        String who = whose == null || whose.equalsIgnoreCase(outcome.target()) ? "it" : whose;
        return outcome.action().equals(Step.Action.RESTART.word())
                ? "nothing was stopped, because " + who + " " + why + " and might not start again"
                : who + " " + why;
    }

    private static String exitWords(@Nullable Long exit, @Nullable Long own) {
        if (exit == null || exit == ExitCodes.STOPPED_ORDINARILY) {
            return "";
        }
        return exit == ExitCodes.SERVICE_SPECIFIC && own != null
                ? ": it ended with its own error code " + own
                : ": " + ExitCodes.words(exit);
    }
}
