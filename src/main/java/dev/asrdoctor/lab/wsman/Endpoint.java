package dev.asrdoctor.lab.wsman;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Accepts connections and gives each a virtual thread. */
final class Endpoint implements WinRmEndpoint {
    /** HTTP.sys closes connections that are idle for longer. */
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(2);

    private final EndpointSettings settings;
    private final Surroundings surroundings;
    private final Counters counters;
    private final Shells shells;
    private final Envelopes envelopes;
    private final ShellService service;
    private final HttpDate date;
    private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
    private final Port port;
    private volatile boolean closed;

    private Endpoint(EndpointSettings settings, Program program, Surroundings surroundings) throws IOException {
        this.settings = settings;
        this.surroundings = surroundings;
        counters = new Counters(settings.faults(), surroundings.clock());
        shells = new Shells(surroundings.clock());
        envelopes = new Envelopes(settings.host(), surroundings.random());
        service = new ShellService(settings, program, surroundings.clock(), envelopes, shells);
        date = new HttpDate(surroundings.clock());
        port = new Port(settings.listening(), Outages.of(settings.faults()), this::take);
    }

    static Endpoint listen(EndpointSettings settings, Program program, Surroundings surroundings) throws IOException {
        Endpoint endpoint = new Endpoint(settings, program, surroundings);
        endpoint.port.open();
        return endpoint;
    }

    private void take(Socket socket) {
        Thread thread =
                Thread.ofVirtual().name("winrm " + port.address().getPort()).unstarted(() -> serve(socket));
        connections.put(socket, thread);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            if (closed) {
                return;
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) IDLE_LIMIT.toMillis());
            List<WireFault> faults = counters.at(Operation.CONNECT, 0);
            if (faults.stream().anyMatch(WireFault.RefuseConnection.class::isInstance)) {
                socket.setSoLinger(true, 0);
                return;
            }
            if (faults.stream().anyMatch(WireFault.Silence.class::isInstance)) {
                Connection.stayOpen(socket.getInputStream());
                return;
            }
            converse(socket, faults);
        } catch (IOException | GeneralSecurityException e) {
            // A client that goes away in the middle is its own business.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private void converse(Socket socket, List<WireFault> faults)
            throws IOException, GeneralSecurityException, InterruptedException {
        Listening.Tls tls = settings.listening().tls();
        if (tls == null) {
            connection(socket, socket, null).serve();
            return;
        }
        CertificateProfile profile = tls.profile();
        for (WireFault fault : faults) {
            if (fault instanceof WireFault.Certificate planned) {
                profile = planned.profile();
            }
        }
        LabCertificates.Shown shown =
                tls.certificates().shown(profile, settings.listening().address());
        try (SSLSocket secured = (SSLSocket) shown.context().getSocketFactory().createSocket(socket, null, true)) {
            secured.setUseClientMode(false);
            secured.startHandshake();
            connection(socket, secured, shown.channelBinding()).serve();
        }
    }

    /** @param talked {@code accepted} itself, or TLS over it */
    private Connection connection(Socket accepted, Socket talked, byte @Nullable [] channelBinding) throws IOException {
        return new Connection(
                settings,
                surroundings,
                counters,
                service,
                envelopes,
                date,
                talked,
                channelBinding,
                accepted::isClosed,
                this::restart);
    }

    @Override
    public InetSocketAddress address() {
        return port.address();
    }

    @Override
    public int openShells() {
        return shells.count();
    }

    @Override
    public long requests() {
        return counters.requests();
    }

    @Override
    public Map<Operation, Long> operations() {
        return counters.operations();
    }

    @Override
    public long logonFailures() {
        return counters.logonFailures();
    }

    @Override
    public void restart() {
        List<Socket> before = List.copyOf(connections.keySet());
        shells.killAll();
        before.forEach(socket -> {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                // It is closed already.
            }
            Port.closeQuietly(socket);
        });
    }

    @Override
    public void close() {
        closed = true;
        port.close();
        connections.forEach((socket, thread) -> {
            Port.closeQuietly(socket);
            thread.interrupt();
        });
        shells.killAll();
    }
}
