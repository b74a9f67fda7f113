package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One simulated Windows service; its world's lock guards it. */
final class SimService {

    /** How a start goes. */
    enum Start {
        RUNNING,
        /** It stops again with an exit code, or the start itself is refused with a Win32 error. */
        FAIL,
        /** It runs for a while and ends unexpectedly. */
        DIE,
        /** It stays pending for ever. */
        HANG
    }

    /**
     * @param afterMillis from the start call to the next state
     * @param runsMillis for {@link Start#DIE}: how long it then runs
     * @param win32Error for {@link Start#FAIL}: the start call itself is refused with it; 0: it is accepted
     */
    record OnStart(
            Start outcome, long afterMillis, long runsMillis, long exitCode, long serviceExitCode, long win32Error) {
        static final OnStart NORMAL = new OnStart(Start.RUNNING, 200, 0, 0, 0, 0);
    }

    /** An event to be logged, and a state to be entered, at a moment of the server's own clock. */
    record Transition(
            Instant at,
            ServiceState state,
            long exitCode,
            long serviceExitCode,
            long processId,
            @Nullable Integer eventId,
            List<String> eventParameters) {}

    final String name;
    String displayName;
    ServiceState state = ServiceState.RUNNING;
    /** The registry value Start. */
    int start = 2;
    /** The registry value DelayedAutostart. */
    boolean delayed;

    long exitCode;
    long serviceExitCode;
    long processId;

    @Nullable Instant processStartedAt;

    List<String> dependsOn = List.of();
    String imagePath = "";
    String account = "LocalSystem";
    OnStart onStart = OnStart.NORMAL;
    /** Told to stop, it stays in stop-pending. */
    boolean stopHangs;

    final List<Transition> transitions = new ArrayList<>();

    SimService(String name, String displayName) {
        this.name = name;
        this.displayName = displayName;
    }

    void plan(Transition transition) {
        transitions.add(transition);
        transitions.sort(Comparator.comparing(Transition::at));
    }
}
