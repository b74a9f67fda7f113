package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            List<String> eventParameters) {

        static Transition running(Instant at, long processId) {
            return new Transition(at, ServiceState.RUNNING, 0, 0, processId, null, List.of());
        }

        static Transition stopped(Instant at, OnStart onStart, String displayName, int event) {
            return new Transition(
                    at,
                    ServiceState.STOPPED,
                    onStart.exitCode(),
                    onStart.serviceExitCode(),
                    0,
                    event,
                    List.of(displayName, "%%" + onStart.exitCode()));
        }

        Transition later(Duration by) {
            return new Transition(at.plus(by), state, exitCode, serviceExitCode, processId, eventId, eventParameters);
        }
    }

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
    /** How often it has ended unexpectedly. */
    int failures;
    /** When the Service Control Manager starts it again after its first failure, its second, ...; after others it does not. */
    List<Duration> recovery = List.of();

    final List<Transition> transitions = new ArrayList<>();

    SimService(String name, String displayName) {
        this.name = name;
        this.displayName = displayName;
    }

    /** All that can be read of it. */
    record Fingerprint(
            String displayName,
            ServiceState state,
            int start,
            boolean delayed,
            long exitCode,
            long serviceExitCode,
            long processId,
            @Nullable Instant processStartedAt,
            List<String> dependsOn,
            String imagePath,
            String account) {}

    Fingerprint fingerprint() {
        return new Fingerprint(
                displayName,
                state,
                start,
                delayed,
                exitCode,
                serviceExitCode,
                processId,
                processStartedAt,
                dependsOn,
                imagePath,
                account);
    }

    boolean listens() {
        return state != ServiceState.STOPPED && state != ServiceState.START_PENDING;
    }

    /**
     * It ends unexpectedly, as the Service Control Manager logs it.
     *
     * @param failure the how manieth it is, from 1
     */
    Transition falls(Instant at, int failure, long exitCode, long serviceExitCode) {
        return new Transition(
                at,
                ServiceState.STOPPED,
                exitCode,
                serviceExitCode,
                0,
                failureEvent(failure),
                failureParameters(failure));
    }

    /** Nothing where it is left alone after so many failures. */
    Optional<Duration> startedAgainAfter(int failure) {
        return failure <= recovery.size() ? Optional.of(recovery.get(failure - 1)) : Optional.empty();
    }

    /** 7031 names what is done about it; 7034 is that of a service about which nothing is. */
    int failureEvent(int failure) {
        return startedAgainAfter(failure).isPresent() ? 7031 : 7034;
    }

    List<String> failureParameters(int failure) {
        String count = Integer.toString(failure);
        return startedAgainAfter(failure)
                .map(delay -> List.of(displayName, count, Long.toString(delay.toMillis()), "1", "Restart the service"))
                .orElse(List.of(displayName, count));
    }

    void plan(Transition transition) {
        transitions.add(transition);
        transitions.sort(Comparator.comparing(Transition::at));
    }

    /** Puts those of all services that depend on one into what was found, those that depend on others first. */
    static void dependants(String name, Collection<SimService> all, Map<String, SimService> found) {
        for (SimService other : all) {
            boolean direct = other.dependsOn.stream().anyMatch(on -> on.equalsIgnoreCase(name));
            if (direct
                    && !found.containsKey(World.key(other.name))
                    && !World.key(other.name).equals(World.key(name))) {
                Map<String, SimService> above = new LinkedHashMap<>();
                dependants(other.name, all, above);
                above.forEach(found::putIfAbsent);
                found.putIfAbsent(World.key(other.name), other);
            }
        }
    }
}
