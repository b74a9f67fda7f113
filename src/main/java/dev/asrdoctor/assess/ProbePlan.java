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
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.product.Trait;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.lang3.tuple.Pair;
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
    private final Map<Pair<Deployment, String>, Set<FactArea<?>>> areas = new ConcurrentHashMap<>();

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
        Deployment said = server.deployment();
        List<Product> others = Products.shipped().others(said);
        boolean unsure = said == Deployment.AUTO || !others.isEmpty();
        Set<FactArea<?>> wanted = areas(said, said.product(), unsure);
        return new Request.ReadFacts(
                        said.product(),
                        wanted,
                        FactsReader.EVENT_HOURS,
                        limits(server),
                        OtherScanners.services(),
                        urls(server, said.product(), wanted),
                        processServer(server),
                        List.of())
                .withOthers(others.stream()
                        .map(other -> other(server, other, areas(said, other, unsure)))
                        .toList());
    }

    /** What services a server has, and what it is where the inventory does not tell: what {@link #toHeal} asks and no more. */
    public static Request.ReadFacts ofServices(Server server) {
        Deployment said = server.deployment();
        List<Product> others = Products.shipped().others(said);
        Request.ReadFacts services = new Request.ReadFacts(said.product(), FactsReader.EVENT_HOURS)
                .withOthers(others.stream()
                        .map(other -> new Request.ReadFacts.Other(other, Set.of(), List.of()))
                        .toList())
                .and(ProbePlan::toHeal);
        return said == Deployment.AUTO || !others.isEmpty()
                ? services.and(product -> Set.of(FactArea.PRODUCT))
                : services;
    }

    /** What has to be known of a server of a product before anything is started there. */
    public static Set<FactArea<?>> toHeal(Product product) {
        boolean appliance = product.deployments().stream().anyMatch(deployment -> deployment.is(Trait.APPLIANCE));
        return appliance
                ? Set.of(FactArea.HOST, FactArea.SERVICES, FactArea.PRODUCT, FactArea.APPLIANCE)
                : Set.of(FactArea.HOST, FactArea.SERVICES);
    }

    private Request.ReadFacts.Other other(Server server, Product product, Set<FactArea<?>> wanted) {
        return new Request.ReadFacts.Other(product, wanted, urls(server, product, wanted));
    }

    private Set<FactArea<?>> areas(Deployment said, Product product, boolean unsure) {
        return areas.computeIfAbsent(Pair.of(said, product.id()), key -> areas(Products.meant(said, product), unsure));
    }

    /**
     * @param possible what the server may be
     * @param unsure whether it has to tell which
     */
    private Set<FactArea<?>> areas(List<Deployment> possible, boolean unsure) {
        Set<FactArea<?>> wanted = new LinkedHashSet<>(List.of(FactArea.HOST, FactArea.PRODUCT));
        if (unsure) {
            wanted.add(FactArea.SERVICES);
        }
        for (Check check : Checks.all()) {
            About about = check.about();
            if (possible.stream().anyMatch(about::meant)
                    && checks.contains(check.id())
                    && !policy.disabledChecks().contains(check.id())) {
                wanted.add(about.area());
                about.areas().stream()
                        .filter(area -> profile == Profile.FULL && makesSense(area, possible))
                        .forEach(wanted::add);
            }
        }
        return Set.copyOf(wanted);
    }

    /** What no check there is about need not be read, though a check of other servers looks at it too. */
    private static boolean makesSense(FactArea<?> area, List<Deployment> possible) {
        return Checks.all().stream()
                .map(Check::about)
                .anyMatch(
                        about -> about.area().equals(area) && possible.stream().anyMatch(about::meant));
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

    private List<Request.Address> urls(Server server, Product product, Set<FactArea<?>> wanted) {
        if (!wanted.contains(FactArea.FIREWALL) || server.deployment().is(Trait.SOURCE)) {
            return List.of();
        }
        return AzureUrls.tried(product.urls(server.role().cloudOrDefault().id()), policy.get(ReadLimits.MORE_URLS))
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
