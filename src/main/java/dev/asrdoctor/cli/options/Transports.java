package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The ways to the servers of a run; only those that the inventory names are loaded. */
final class Transports {
    private Transports() {}

    /** @throws UsageException where the libraries of a transport are missing */
    static Map<Transport, Remoting> of(List<Server> servers, int outputLimit, Edges edges) throws UsageException {
        Map<Transport, Remoting> ways = new EnumMap<>(Transport.class);
        Remoting own = new WsmanRemoting(
                WsmanSettings.defaults(edges.random(), edges.clock()).withOutputLimit(outputLimit));
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
                            yield loaded != null ? loaded : load(OptionalTransports.Name.WINRM4J, outputLimit, edges);
                        }
                        case LOCAL -> load(OptionalTransports.Name.LOCAL, outputLimit, edges);
                    });
        }
        return ways;
    }

    private static Remoting load(OptionalTransports.Name name, int outputLimit, Edges edges) throws UsageException {
        try {
            return new OptionalTransports(folder(edges))
                    .load(name, new OptionalTransport.Settings(outputLimit, powerShell(edges)));
        } catch (MissingTransportException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Beside the program's jar, unless the environment says otherwise. */
    private static Path folder(Edges edges) throws UsageException {
        String said = edges.environment().get("ASRDOCTOR_TRANSPORTS");
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
            throw new UsageException("the folder of this program is not known: set ASRDOCTOR_TRANSPORTS");
        }
    }

    private static String powerShell(Edges edges) {
        String said = edges.environment().get("ASRDOCTOR_POWERSHELL");
        if (said != null && !said.isEmpty()) {
            return said;
        }
        // Windows would look for a bare name in the current folder first, where anybody may have put one.
        return File.separatorChar == '\\'
                ? edges.environment().getOrDefault("SystemRoot", "C:\\Windows")
                        + "\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"
                : "pwsh";
    }
}
