package dev.asrdoctor.remedy;

import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One way to heal, in the order in which a server's plan takes them: the ground first, then what stands on it
 * (docs/remediation.md, "Remedies").
 */
public enum Remedy {
    RESYNC_CLOCK("resync-time", ResyncTime.MODE, true, List.of("time.offset", "time.source"), new ResyncTime()),
    SET_START_TYPE("set-start-type", SetStartTypes.MODE, false, List.of("services.start-type"), new SetStartTypes()),
    EXCLUDE("exclude-folders", ExcludeFolders.MODE, false, List.of("antivirus.exclusions"), new ExcludeFolders()),
    PROXY(
            "align-proxy",
            AlignProxy.MODE,
            false,
            List.of("proxy.same", "proxy.reachable", "firewall.urls", "services.running"),
            new AlignProxy()),
    SERVICES(
            "start-services",
            StartServices.MODE,
            true,
            List.of("services.running", "services.start-type"),
            new StartServices()),
    RESTART_AGENT(
            "restart-agent",
            RestartAgent.MODE,
            true,
            List.of("upload.connections", "firewall.urls", "proxy.same", "health.backlog", "services.running"),
            new RestartAgent());

    private final String id;
    private final Setting<RemedyMode> setting;
    private final boolean outage;
    private final List<String> checks;
    private final Plan plan;

    Remedy(String id, Setting<RemedyMode> setting, boolean outage, List<String> checks, Plan plan) {
        this.id = id;
        this.setting = setting;
        this.outage = outage;
        this.checks = checks;
        this.plan = plan;
    }

    /** Finds what it would do on a server; pure. */
    interface Plan {
        void plan(Patient patient, Draft draft);

        /** What the policy may set for it beside whether it may act. */
        default List<Setting<?>> limits() {
            return List.of();
        }
    }

    public String id() {
        return id;
    }

    public RemedyMode mode(Policy policy) {
        return policy.get(setting);
    }

    public Setting<RemedyMode> setting() {
        return setting;
    }

    /** All that the policy may set for it. */
    List<Setting<?>> limits() {
        return Stream.concat(Stream.of(setting), plan.limits().stream()).toList();
    }

    /** The check whose findings ask for it. */
    String leads() {
        return checks.getFirst();
    }

    /** Whether a server that needs it is down, and not merely configured otherwise than wanted. */
    boolean outage() {
        return outage;
    }

    Plan planner() {
        return plan;
    }

    public static List<Remedy> wanted(Policy policy) {
        return Arrays.stream(values())
                .filter(remedy -> remedy.mode(policy) != RemedyMode.NEVER)
                .toList();
    }

    /** Ids of the checks whose findings a remediation can change, and of what has to be known for it. */
    public static Set<String> judged(Policy policy) {
        Set<String> checks = new TreeSet<>(checks(policy));
        checks.addAll(Set.of("deployment", "services.running", "services.start-type"));
        return checks;
    }

    /** Ids of the checks that the remedies of a policy rest on. */
    public static Set<String> checks(Policy policy) {
        Set<String> ids = new TreeSet<>();
        wanted(policy).forEach(remedy -> ids.addAll(remedy.checks));
        return ids;
    }
}
