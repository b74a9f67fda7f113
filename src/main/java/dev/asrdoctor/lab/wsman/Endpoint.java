package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.lab.CommandRunner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Holds the port only, so far. */
record Endpoint(EndpointSettings settings, CommandRunner runner, Surroundings surroundings, ServerSocket socket)
        implements WinRmEndpoint {

    static Endpoint listen(EndpointSettings settings, CommandRunner runner, Surroundings surroundings)
            throws IOException {
        Listening listening = settings.listening();
        return new Endpoint(
                settings, runner, surroundings, new ServerSocket(listening.port(), 200, listening.address()));
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public int openShells() {
        return 0;
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public Map<Operation, Long> operations() {
        return Map.of();
    }

    @Override
    public long logonFailures() {
        return 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
