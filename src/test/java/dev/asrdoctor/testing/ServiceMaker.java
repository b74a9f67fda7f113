package dev.asrdoctor.testing;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Windows service in the making; it runs unless told otherwise. */
public final class ServiceMaker {
    private String name;
    private String displayName;
    private ServiceState state = ServiceState.RUNNING;
    private @Nullable StartType startType = StartType.AUTOMATIC_DELAYED;
    private @Nullable Long exitCode = 0L;
    private @Nullable Long serviceExitCode = 0L;
    private @Nullable Long processId = 4711L;
    private @Nullable Instant processStartedAt;
    private List<String> dependsOn = List.of();

    public ServiceMaker(String name) {
        this.name = name;
        this.displayName = name + " (shown)";
    }

    public ServiceMaker name(String changed) {
        name = changed;
        return this;
    }

    public ServiceMaker displayName(String changed) {
        displayName = changed;
        return this;
    }

    public ServiceMaker state(ServiceState changed) {
        state = changed;
        return this;
    }

    public ServiceMaker startType(@Nullable StartType changed) {
        startType = changed;
        return this;
    }

    public ServiceMaker dependsOn(String... names) {
        dependsOn = List.of(names);
        return this;
    }

    public ServiceMaker processStartedAt(Instant at) {
        processStartedAt = at;
        return this;
    }

    public ServiceMaker processId(@Nullable Long id) {
        processId = id;
        return this;
    }

    public ServiceMaker stopped(@Nullable Long exit) {
        exitCode = exit;
        return state(ServiceState.STOPPED);
    }

    public ServiceMaker stoppedWithItsOwn(long code) {
        serviceExitCode = code;
        return stopped(1066L);
    }

    public ServiceFact make() {
        return new ServiceFact(
                name,
                displayName,
                state,
                startType,
                exitCode,
                serviceExitCode,
                state == ServiceState.STOPPED ? (Long) 0L : processId,
                processStartedAt,
                dependsOn,
                null,
                "LocalSystem");
    }
}
