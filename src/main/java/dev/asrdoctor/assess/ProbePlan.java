package dev.asrdoctor.assess;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.AzureUrls;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.OtherScanners;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.ReadLimits;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Trait;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of each server: the areas that its checks need, and how much time the script may take there. */
public final class ProbePlan {
    private static final int HTTPS = 443;
    private static final Duration QUICK_SAMPLE = Duration.ofSeconds(2);
    private static final Duration LEAST_BUDGET = Duration.ofSeconds(5);
    private static final Duration TRANSFER_TEST = Duration.ofSeconds(20);
    /** Of a server's deadline; the rest is for connecting, for the area that was begun last, and for the answer. */
    private static final double BUDGET = 0.6;

    private final Set<String> checks;
    private final Policy policy;
    private final Profile profile;
    private final Duration deadline;
    private final Map<String, Server> servers;
    private final Map<Deployment, Set<FactArea<?>>> areas = new ConcurrentHashMap<>();

    /**
     * @param checks ids of those that will be judged
     * @param deadline for one server, connecting included
     * @param servers of the whole inventory, in which source machines name their process servers
     */
    public ProbePlan(Set<String> checks, Policy policy, Profile profile, Duration deadline, List<Server> servers) {
        this.checks = Set.copyOf(checks);
        this.policy = policy;
        this.profile = profile;
        this.deadline = deadline;
        this.servers = servers.stream().collect(Collectors.toMap(Server::name, Function.identity()));
    }

    public Request.ReadFacts of(Server server) {
        Set<FactArea<?>> wanted = areas.computeIfAbsent(server.deployment(), this::areas);
        boolean uploads =
                wanted.contains(FactArea.FIREWALL) && !server.deployment().is(Trait.SOURCE);
        return new Request.ReadFacts(
                server.deployment().product(),
                wanted,
                FactsReader.EVENT_HOURS,
                limits(server),
                OtherScanners.services(),
                uploads ? urls(server) : List.of(),
                processServer(server));
    }

    private Set<FactArea<?>> areas(Deployment deployment) {
        Set<FactArea<?>> wanted = new LinkedHashSet<>(List.of(FactArea.HOST, FactArea.PRODUCT));
        if (deployment == Deployment.AUTO) {
            wanted.add(FactArea.SERVICES);
        }
        for (Check check : Checks.all()) {
            About about = check.about();
            if (meant(about, deployment)
                    && checks.contains(check.id())
                    && !policy.disabledChecks().contains(check.id())) {
                wanted.add(about.area());
                about.areas().stream()
                        .filter(area -> profile == Profile.FULL && makesSense(area, deployment))
                        .forEach(wanted::add);
            }
        }
        return Set.copyOf(wanted);
    }

    private static boolean meant(About about, Deployment deployment) {
        return deployment == Deployment.AUTO || about.meant(deployment);
    }

    /** What no check there is about need not be read, though a check of other servers looks at it too. */
    private static boolean makesSense(FactArea<?> area, Deployment deployment) {
        return Checks.all().stream()
                .map(Check::about)
                .anyMatch(about -> about.area().equals(area) && meant(about, deployment));
    }

    private Request.Limits limits(Server server) {
        Request.Limits limits = Request.Limits.DEFAULT;
        Duration sample = policy.get(ReadLimits.SAMPLE_WINDOW);
        Duration budget = Duration.ofMillis((long) (deadline.toMillis() * BUDGET));
        boolean transferTest = profile == Profile.FULL
                && policy.get(ReadLimits.TRANSFER_TEST)
                && server.role().processServer() != null
                && checks.contains("transport.logs");
        return new Request.Limits(
                limits.connect(),
                profile == Profile.QUICK && sample.compareTo(QUICK_SAMPLE) > 0 ? QUICK_SAMPLE : sample,
                limits.cache(),
                budget.compareTo(LEAST_BUDGET) < 0 ? LEAST_BUDGET : budget,
                transferTest ? TRANSFER_TEST : Duration.ZERO,
                limits.logBytes());
    }

    private List<Request.Address> urls(Server server) {
        return AzureUrls.tried(
                        server.deployment()
                                .product()
                                .urls(server.role().cloudOrDefault().id()),
                        policy.get(ReadLimits.MORE_URLS))
                .entrySet()
                .stream()
                .map(url -> new Request.Address("azure", url.getKey(), url.getValue()))
                .toList();
    }

    private Request.@Nullable Address processServer(Server source) {
        String name = source.role().processServer();
        Server server = name == null ? null : servers.get(name);
        if (server == null) {
            return null;
        }
        String address = server.role().dataAddress();
        return new Request.Address("process-server", address == null ? server.address() : address, dataPort(server));
    }

    private static int dataPort(Server server) {
        Integer said = server.role().dataPort();
        return said == null ? server.deployment().product().ports().getOrDefault("data", HTTPS) : said;
    }
}
