package dev.asrdoctor.connect;

import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.OptionalTransports;
import dev.asrdoctor.remoting.OptionalTransports.MissingTransportException;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The ways to the servers of a run; only those that the inventory names are loaded. */
final class Transports {
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final RandomGenerator random;

    Transports(Map<String, String> environment, InstantSource clock, RandomGenerator random) {
        this.environment = environment;
        this.clock = clock;
        this.random = random;
    }

    /** @throws NoWayException where the libraries of a transport are missing */
    Map<Transport, Remoting> of(List<Server> servers, int outputLimit) throws NoWayException {
        Map<Transport, Remoting> ways = new EnumMap<>(Transport.class);
        Remoting own = new WsmanRemoting(WsmanSettings.defaults(random, clock).withOutputLimit(outputLimit));
        for (Transport transport : servers.stream()
                .map(server -> server.connection().transport())
                .distinct()
                .toList()) {
            ways.put(
                    transport,
                    switch (transport) {
                        case HTTP, HTTPS -> own;
                        case WINRM4J, WINRM4J_HTTP -> {
                            Remoting loaded = ways.get(
                                    transport == Transport.WINRM4J ? Transport.WINRM4J_HTTP : Transport.WINRM4J);
                            yield loaded != null ? loaded : load(OptionalTransports.Name.WINRM4J, outputLimit);
                        }
                        case LOCAL -> load(OptionalTransports.Name.LOCAL, outputLimit);
                    });
        }
        return ways;
    }

    private Remoting load(OptionalTransports.Name name, int outputLimit) throws NoWayException {
        try {
            return new OptionalTransports(folder())
                    .load(name, new OptionalTransport.Settings(outputLimit, powerShell()));
        } catch (MissingTransportException e) {
            throw new NoWayException(String.valueOf(e.getMessage()));
        }
    }

    /** Beside the program's jar, unless the environment says otherwise. */
    private Path folder() throws NoWayException {
        String said = environment.get("ASRDOCTOR_TRANSPORTS");
        if (said != null && !said.isEmpty()) {
            return Path.of(said);
        }
        try {
            Path program = Path.of(Transports.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program.resolveSibling("transports");
        } catch (URISyntaxException e) {
            throw new NoWayException("the folder of this program is not known: set ASRDOCTOR_TRANSPORTS");
        }
    }

    private String powerShell() {
        String said = environment.get("ASRDOCTOR_POWERSHELL");
        if (said != null && !said.isEmpty()) {
            return said;
        }
        // Windows would look for a bare name in the current folder first, where anybody may have put one.
        return File.separatorChar == '\\'
                ? environment.getOrDefault("SystemRoot", "C:\\Windows")
                        + "\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"
                : "pwsh";
    }
}
