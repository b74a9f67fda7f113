package dev.asrdoctor.lab;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.lab.wsman.Account;
import dev.asrdoctor.lab.wsman.Accounts;
import dev.asrdoctor.lab.wsman.EndpointSettings;
import dev.asrdoctor.lab.wsman.HostIdentity;
import dev.asrdoctor.lab.wsman.LabCertificates;
import dev.asrdoctor.lab.wsman.Listening;
import dev.asrdoctor.lab.wsman.LogonRules;
import dev.asrdoctor.lab.wsman.Output;
import dev.asrdoctor.lab.wsman.Surroundings;
import dev.asrdoctor.lab.wsman.WinRmEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A running fleet of simulated process servers on loopback; closing it ends all of them. */
public final class Lab implements AutoCloseable {
    static final String DOMAIN = "LAB";
    static final String USER = "operator";

    /** One simulated server as it can be reached. */
    record Reachable(SimServer server, int port) {}

    private final Scenario scenario;
    private final Map<String, World> worlds = new LinkedHashMap<>();
    private final Map<String, WinRmEndpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final List<Socket> refusing = new ArrayList<>();
    private final Accounts accounts;
    private final LabCertificates certificates;
    private final ScriptEngine engine;
    private final @Nullable PwshPool pool;
    private final String password;

    /** How a scenario is varied. */
    public record Options(
            @Nullable Integer servers,
            @Nullable Duration remoteTime,
            @Nullable String engine) {
        public static final Options NONE = new Options(null, null, null);
    }

    private Lab(Scenario scenario, String password, Clock clock) throws IOException {
        this.scenario = scenario;
        this.password = password;
        this.accounts = Accounts.of(new Account(DOMAIN, USER, password));
        this.certificates = LabCertificates.create(clock);
        this.pool = scenario.engine() == Scenario.Engine.PWSH
                ? PwshPool.start(
                        PwshPool.find()
                                .orElseThrow(
                                        () -> new IOException(
                                                "this scenario runs scripts in PowerShell, and none was found: set PWSH or put pwsh on PATH")),
                        2)
                : null;
        this.engine = pool == null ? new ModelEngine() : new PwshEngine(pool);
        Map<String, SimServer> servers = new HashMap<>();
        scenario.servers().forEach(server -> servers.put(server.name(), server));
        for (SimServer server : scenario.servers()) {
            worlds.put(server.name(), WorldMaker.make(server, servers, clock));
        }
        worlds.values().forEach(world -> world.meets(name -> Optional.ofNullable(worlds.get(name))));
    }

    /**
     * Starts every server of a scenario; all listen when this returns.
     *
     * @param source the scenario's YAML
     * @param name what to call it in messages about mistakes
     */
    public static Lab start(String source, String name, Options options, String password, Clock clock)
            throws ConfigException, IOException {
        Value root = YamlFile.parse(source, name);
        Scenario scenario = vary(ScenarioReader.read(root, options.servers()), options);
        Lab lab = new Lab(scenario, password, clock);
        try {
            for (SimServer server : scenario.servers()) {
                lab.listen(
                        server,
                        new Surroundings(
                                Clock.offset(clock, server.clockOffset()),
                                Surroundings.system().random()));
            }
            return lab;
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    private static Scenario vary(Scenario scenario, Options options) {
        Scenario.Engine engine = options.engine() == null
                ? scenario.engine()
                : Scenario.Engine.valueOf(options.engine().toUpperCase(Locale.ROOT));
        List<SimServer> servers = options.remoteTime() == null
                ? scenario.servers()
                : scenario.servers().stream()
                        .map(server -> server.withRemoteTime(options.remoteTime()))
                        .toList();
        return new Scenario(scenario.description(), engine, servers);
    }

    private void listen(SimServer server, Surroundings surroundings) throws IOException {
        if (server.unreachable()) {
            ports.put(server.name(), refusingPort());
            return;
        }
        World world = world(server.name());
        WinRmEndpoint endpoint = WinRmEndpoint.start(
                settings(server, world),
                new CommandRunner() {
                    @Override
                    public ScriptResult run(String command, byte[] stdin) throws InterruptedException {
                        return run(Map.of(), command, stdin);
                    }

                    @Override
                    public ScriptResult run(Map<String, String> environment, String command, byte[] stdin)
                            throws InterruptedException {
                        world.scriptBegins();
                        return engine.run(world, environment, command, stdin);
                    }
                },
                surroundings);
        endpoints.put(server.name(), endpoint);
        ports.put(server.name(), endpoint.port());
    }

    private EndpointSettings settings(SimServer server, World world) {
        Accounts known =
                server.wrongPassword() ? Accounts.of(new Account(DOMAIN, USER, password + "-of-last-year")) : accounts;
        HostIdentity identity = new HostIdentity(
                world.host().computerName(), server.os().version(), server.os().activityIds());
        return EndpointSettings.of(identity, known)
                .with(
                        server.transport() == Transport.HTTPS
                                ? Listening.https(certificates, server.certificate())
                                : Listening.http())
                .with(server.authentication() == Authentication.BASIC ? LogonRules.WITH_BASIC : LogonRules.DEFAULT)
                .with(Output.DEFAULT.withRemoteTime(server.remoteTime()))
                .with(server.wire());
    }

    /** A port of this machine where nobody listens; held, since one that was let go would soon be another's. */
    private int refusingPort() throws IOException {
        Socket socket = new Socket();
        refusing.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket.getLocalPort();
    }

    public int servers() {
        return scenario.servers().size();
    }

    public String description() {
        return scenario.description();
    }

    public World world(String server) {
        World world = worlds.get(server);
        if (world == null) {
            throw new IllegalArgumentException("no server is called " + server);
        }
        return world;
    }

    /** How many scripts have begun on a server. */
    public long scripts(String server) {
        return world(server).scriptsBegun();
    }

    public int openShells() {
        return endpoints.values().stream().mapToInt(WinRmEndpoint::openShells).sum();
    }

    public long logonFailures() {
        return endpoints.values().stream()
                .mapToLong(WinRmEndpoint::logonFailures)
                .sum();
    }

    public WinRmEndpoint endpoint(String server) {
        WinRmEndpoint endpoint = endpoints.get(server);
        if (endpoint == null) {
            throw new IllegalArgumentException("no server is called " + server + ", or it is unreachable");
        }
        return endpoint;
    }

    /** Writes an inventory that is ready for use; the password's file and the authority's certificate stand beside it. */
    public void writeInventory(Path file) throws IOException {
        List<Reachable> reachable = scenario.servers().stream()
                .map(server -> new Reachable(server, ports.getOrDefault(server.name(), 0)))
                .toList();
        LabInventory.write(file, reachable, password, certificates.authorityPem());
    }

    @Override
    public void close() {
        endpoints.values().forEach(WinRmEndpoint::close);
        refusing.forEach(Lab::release);
        if (pool != null) {
            pool.close();
        }
    }

    private static void release(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing was ever sent over it.
        }
    }
}
