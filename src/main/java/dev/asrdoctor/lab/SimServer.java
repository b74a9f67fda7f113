package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.lab.wsman.CertificateProfile;
import dev.asrdoctor.lab.wsman.FaultPlan;
import dev.asrdoctor.product.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One server of a scenario, before it lives.
 *
 * @param os key of {@link WindowsVersion}
 * @param services what differs from the deployment's healthy services, by short name
 * @param removed short names of services that are not installed
 * @param address its IPv4 address as its own facts tell it; null: that of every healthy machine
 * @param remoteTime what a script takes there
 * @param unreachable its port refuses connections
 * @param wrongPassword it knows another password than the inventory's
 * @param machine what differs from a healthy machine; null: nothing
 * @param inventory what the lab's inventory says of it beyond that
 */
record SimServer(
        String name,
        Deployment deployment,
        WindowsVersion os,
        String culture,
        @Nullable String address,
        @Nullable String site,
        Map<String, String> tags,
        Transport transport,
        Authentication authentication,
        CertificateProfile certificate,
        Duration remoteTime,
        Duration bootedFor,
        Duration clockOffset,
        boolean unreachable,
        boolean wrongPassword,
        Map<String, ServiceChange> services,
        List<String> removed,
        List<StateFault> faults,
        List<TimedChange> changes,
        FaultPlan wire,
        @Nullable ObjectNode machine,
        SimInventory inventory) {

    SimServer withRemoteTime(Duration time) {
        return new SimServer(
                name,
                deployment,
                os,
                culture,
                address,
                site,
                tags,
                transport,
                authentication,
                certificate,
                time,
                bootedFor,
                clockOffset,
                unreachable,
                wrongPassword,
                services,
                removed,
                faults,
                changes,
                wire,
                machine,
                inventory);
    }

    /**
     * @param deployment what the inventory calls it; null: as it is
     * @param machines how many machines it replicates, null where nothing is said
     */
    record SimInventory(
            @Nullable Deployment deployment,
            @Nullable String processServer,
            @Nullable String machines,
            @Nullable String churn,
            @Nullable String cloud,
            @Nullable String dataAddress) {}

    /** What a scenario says of a service; null where it says nothing. */
    record ServiceChange(
            @Nullable ServiceState state,
            @Nullable StartType startType,
            @Nullable Long exitCode,
            @Nullable Long serviceExitCode,
            @Nullable Duration since,
            @Nullable Crashes crashes,
            @Nullable String displayName,
            @Nullable List<String> dependsOn,
            SimService.@Nullable OnStart onStart,
            @Nullable String stoppedBy,
            @Nullable String changedBy,
            @Nullable StartType changedFrom,
            boolean stopHangs,
            List<Duration> recovery,
            List<LoggedEvent> events) {

        static ServiceChange to(ServiceState state) {
            return new ServiceChange(
                    state, null, null, null, null, null, null, null, null, null, null, null, false, List.of(),
                    List.of());
        }
    }

    /** @param ages before the service came to its state, the oldest first */
    record Crashes(List<Duration> ages) {
        static Crashes evenly(int count, Duration every) {
            return new Crashes(IntStream.range(0, count)
                    .mapToObj(i -> every.multipliedBy(count - 1L - i))
                    .toList());
        }
    }

    /**
     * An event of the Service Control Manager about a service.
     *
     * @param parameters what follows its display name
     */
    record LoggedEvent(
            int id,
            Duration age,
            List<String> parameters,
            @Nullable String by) {}

    /** A service's state changes so long after the lab began, or when the n-th script begins ({@code script} above 0). */
    record TimedChange(Duration at, long script, String service, ServiceState state, long exitCode) {}
}
