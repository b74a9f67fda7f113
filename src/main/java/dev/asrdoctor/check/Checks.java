package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Order;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.policy.Waiver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All checks, in the order of the article's steps. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new DeploymentAsSaid(),
            new ProductVersions(),
            new ApplianceRegistered(),
            new ApplianceVersion(),
            new AppliancePolicies(),
            new ApplianceLicence(),
            new ConfigurationManagerAnswer(),
            new PracticesDedicated(),
            new PracticesAddress(),
            new PracticesSize(),
            HealthLoad.cpu(),
            HealthLoad.memory(),
            new HealthCacheSpace(),
            new HealthDiskSpace(),
            new HealthBacklog(),
            new MachineEvents(),
            new MachineChanges(),
            new ServicesRunning(),
            new ServicesStartType(),
            new HeartbeatConnection(),
            new HeartbeatLogs(),
            new CertificatesAppliance(),
            new TimeOffset(),
            new TimeSource(),
            new AntivirusExclusions(),
            new SourceHeartbeat(),
            new SourceConnection(),
            new ApplianceInbound(),
            new ApplianceNames(),
            new TransportAnswer(),
            new CertificatesInDate(),
            new CertificatesServed(),
            new AgentCertificate(),
            new TransportLogs(),
            new SourceChurn(),
            new UploadMoving(),
            new UploadConnections(),
            new MarsLog(),
            new FirewallRules(),
            new FirewallUrls(),
            new TlsSettings(),
            new ProxySame(),
            new ProxyBypass(),
            new ProxyReachable(),
            new BandwidthThrottle(),
            new BandwidthLink(),
            new WaiversInDate());

    private Checks() {}

    public static List<Check> all() {
        return ALL;
    }

    /** In the order of {@link #all}. */
    public static List<String> ids() {
        return ALL.stream().map(Check::id).toList();
    }

    /** What the policy may set for them. */
    public static List<Setting<?>> limits() {
        return Stream.concat(
                        ALL.stream().flatMap(check -> check.about().settings().stream()),
                        Stream.of(ReadLimits.TRANSFER_TEST))
                .distinct()
                .toList();
    }

    /** Which limits make sense in one order alone. */
    public static List<Order<?>> orders() {
        return List.of(
                new Order<>(HealthLoad.CPU_WARN, HealthLoad.CPU_FAIL, true),
                new Order<>(HealthLoad.MEMORY_WARN, HealthLoad.MEMORY_FAIL, true),
                new Order<>(HealthCacheSpace.CACHE_WARN, HealthCacheSpace.CACHE_FAIL, false),
                new Order<>(HealthCacheSpace.CACHE_FAIL, HealthCacheSpace.CACHE_THROTTLED, false),
                new Order<>(HealthBacklog.BACKLOG_WARN, HealthBacklog.BACKLOG_FAIL, true),
                new Order<>(TimeOffset.OFFSET_WARN, TimeOffset.OFFSET_FAIL, true));
    }

    public static Optional<Check> byId(String id) {
        return ALL.stream().filter(check -> check.id().equals(id)).findFirst();
    }

    /** Judged by all checks, as far as the facts were asked for. */
    public static ServerReport judge(Facts facts, Server server, Policy policy) {
        return judge(facts, server, policy, Set.copyOf(ids()));
    }

    /**
     * One server's findings. A check is left out where its area was not asked for, where it is not meant for the server's
     * deployment, and where the policy disables it.
     *
     * @param server as the inventory has it; {@code auto} is read from the facts
     * @param selected ids of the checks to judge by
     */
    public static ServerReport judge(Facts facts, Server server, Policy policy, Set<String> selected) {
        return judge(facts, DetectedDeployment.resolve(server, facts), policy, selected);
    }

    /** The same of a server that is known to be what it is. */
    public static ServerReport judge(Facts facts, ResolvedServer known, Policy policy, Set<String> selected) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : ALL) {
            if (selected.contains(check.id())
                    && !policy.disabledChecks().contains(check.id())
                    && (asked(check, facts) || nobodyKnows(check, known))
                    && meant(check, known, facts)) {
                check.judge(facts, known, policy).stream()
                        .map(finding -> waived(finding, known.said(), facts, policy))
                        .forEach(findings::add);
            }
        }
        return ServerReport.of(known, findings);
    }

    private static boolean asked(Check check, Facts facts) {
        return !(facts.get(check.about().area()) instanceof Area.Unreadable<?>(String errorId, String message))
                || !errorId.equals(Area.NOT_ASKED);
    }

    private static boolean nobodyKnows(Check check, ResolvedServer server) {
        return check instanceof DeploymentAsSaid && server.known().isEmpty();
    }

    /** Where nobody knows what a server is, only what holds for any machine can be judged. */
    private static boolean meant(Check check, ResolvedServer server, Facts facts) {
        if (server.known().isPresent()) {
            return check.about().meant(server.deployment());
        }
        FactArea<?> area = check.about().area();
        return area.equals(FactArea.HOST)
                || area.equals(FactArea.TIME)
                || area.equals(FactArea.PRODUCT)
                || (area.equals(FactArea.SERVICES) && facts.read(FactArea.SERVICES) == null);
    }

    private static Finding waived(Finding finding, Server server, Facts facts, Policy policy) {
        if (!Stream.of(Status.WARN, Status.FAIL, Status.UNKNOWN).toList().contains(finding.status())) {
            return finding;
        }
        for (Waiver waiver : policy.waivers()) {
            if (waiver.covers(server)
                    && waiver.covers(finding.check(), finding.subject())
                    && !WaiversInDate.expired(waiver, facts)) {
                Map<String, Object> evidence = new LinkedHashMap<>(finding.evidence());
                evidence.put("waived", waiver.reason());
                evidence.put("waivedUntil", waiver.until().toString());
                evidence.put("waivedStatus", finding.status().name().toLowerCase(java.util.Locale.ROOT));
                return new Finding(
                        finding.check(),
                        finding.step(),
                        finding.subject(),
                        Status.WAIVED,
                        finding.severity(),
                        finding.title() + " (waived until " + waiver.until() + ": " + waiver.reason() + ")",
                        evidence,
                        null);
            }
        }
        return finding;
    }
}
