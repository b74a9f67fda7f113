package dev.asrdoctor.testing;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Replication;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.inventory.TlsSettings;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server whose required services all run until a test changes them. */
public final class ServerMaker {
    /** What the controller's clock says when the facts arrive. */
    public static final Instant READ_AT = Instant.parse("2026-11-23T10:00:00Z");

    private final Deployment deployment;
    private final Map<String, ServiceMaker> services = new LinkedHashMap<>();
    private final List<ServiceEvent> events = new ArrayList<>();
    private Duration clockOffset = Duration.ZERO;
    private boolean hostRead = true;
    private @Nullable String eventsError;
    private Duration bootedFor = Duration.ofDays(9);

    private ServerMaker(Deployment deployment) {
        this.deployment = deployment;
    }

    public static ServerMaker healthy(Deployment deployment) {
        ServerMaker maker = new ServerMaker(deployment);
        deployment.required().forEach(service -> maker.service(service.name()));
        return maker;
    }

    /** Those that are known, for parameterised tests. */
    public static List<Deployment> deployments() {
        return Products.shipped().first().deployments();
    }

    /** The named service, to be changed; it is installed when it was not. */
    public ServiceMaker service(String name) {
        return services.computeIfAbsent(name, ServiceMaker::new);
    }

    public ServiceMaker service(AsrService service) {
        return service(service.serviceName());
    }

    public ServerMaker without(AsrService... gone) {
        for (AsrService service : gone) {
            services.remove(service.serviceName());
        }
        return this;
    }

    public ServerMaker event(int id, Duration ago, String... parameters) {
        events.add(new ServiceEvent(id, now().minus(ago), List.of(parameters)));
        return this;
    }

    /** The newest first, as servers tell them. */
    public ServerMaker eventBy(String person, int id, Duration ago, String... parameters) {
        events.add(new ServiceEvent(id, now().minus(ago), List.of(parameters), person));
        return this;
    }

    public ServerMaker eventsError(String error) {
        eventsError = error;
        return this;
    }

    /** What tells the server's clock and boot could not be read. */
    public ServerMaker withoutHost() {
        hostRead = false;
        return this;
    }

    /** To be set before anything that is told by the server's clock. */
    public ServerMaker clockOffset(Duration offset) {
        clockOffset = offset;
        return this;
    }

    public ServerMaker bootedFor(Duration duration) {
        bootedFor = duration;
        return this;
    }

    /** What the server's own clock says. */
    public Instant now() {
        return READ_AT.plus(clockOffset);
    }

    public Server server() {
        return server(deployment);
    }

    public static Server server(Deployment deployment) {
        return server("ps1", deployment);
    }

    /** A source machine that names its process server. */
    public static Server source(String name, String processServer) {
        return server(name, Deployment.SOURCE_MACHINE, new Replication(processServer, null, null, null, null, null));
    }

    public static Server server(String name, Deployment deployment) {
        return server(name, deployment, Replication.UNSAID);
    }

    public static Server server(String name, Deployment deployment, @Nullable String site) {
        Server plain = server(name, deployment);
        return new Server(
                plain.name(),
                plain.address(),
                plain.port(),
                deployment,
                site,
                plain.role(),
                plain.groups(),
                plain.tags(),
                plain.connection());
    }

    private static Server server(String name, Deployment deployment, Replication role) {
        return new Server(
                name,
                name + ".example.test",
                5985,
                deployment,
                null,
                role,
                new LinkedHashSet<>(),
                Map.of(),
                new Connection(
                        Connection.Transport.HTTP,
                        Connection.Authentication.NTLM,
                        false,
                        "/wsman",
                        TlsSettings.SYSTEM,
                        "fleet"));
    }

    public List<ServiceFact> serviceFacts() {
        return services.values().stream().map(ServiceMaker::make).toList();
    }

    public Facts facts() {
        return facts(serviceFacts());
    }

    public Facts facts(List<ServiceFact> list) {
        HostFacts host = new HostFacts("PS1", "Windows", "10.0.17763", "en-US", "5.1", now(), now().minus(bootedFor));
        return new Facts(
                "ps1",
                READ_AT,
                Duration.ofSeconds(3),
                hostRead ? new Area.Read<>(host) : new Area.Unreadable<>("AccessDenied", "Access denied"),
                new Area.Read<>(new ServicesFacts("cim", list, List.copyOf(events), eventsError)));
    }

    /** Healthy ones for each, by name. */
    public static Map<String, Facts> factsOf(Collection<Server> servers) {
        Map<String, Facts> facts = new LinkedHashMap<>();
        servers.forEach(
                server -> facts.put(server.name(), healthy(server.deployment()).facts()));
        return facts;
    }

    public static Facts unreadable() {
        return new Facts(
                "ps1",
                READ_AT,
                Duration.ofSeconds(3),
                new Area.Unreadable<>("not-asked", "the script did not read this area"),
                new Area.Unreadable<>("AccessDenied", "Zugriff verweigert"));
    }
}
