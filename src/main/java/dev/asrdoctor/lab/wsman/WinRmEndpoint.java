package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.lab.command.CommandRunner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** A running simulated WinRM service. Safe for many threads. */
public interface WinRmEndpoint extends AutoCloseable {

    /** Listens when this returns. */
    static WinRmEndpoint start(EndpointSettings settings, CommandRunner runner) throws IOException {
        return start(settings, runner, Surroundings.system());
    }

    static WinRmEndpoint start(EndpointSettings settings, CommandRunner runner, Surroundings surroundings)
            throws IOException {
        return Endpoint.listen(settings, Program.of(runner), surroundings);
    }

    InetSocketAddress address();

    default int port() {
        return address().getPort();
    }

    /** Shells that are neither deleted nor idle for too long. */
    int openShells();

    /** HTTP requests received. */
    long requests();

    /** Requests, and the connections and logons, by operation; none that is zero. */
    Map<Operation, Long> operations();

    /** Logons this endpoint has refused. */
    long logonFailures();

    /** What {@code Restart-Service WinRM} does to clients: every shell is gone and every connection reset; the port stays. */
    void restart();

    /** Closes the port and every connection, and stops what runs. */
    @Override
    void close();
}
