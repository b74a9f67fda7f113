package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Access.Proxy;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectTimedOut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.HostUnreachable;
import dev.asrdoctor.remoting.RemotingFailure.NameNotResolved;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.ProxyFailed;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** From a host name to an open connection: name, TCP, the proxy's tunnel, TLS. */
final class Dialer {
    private static final int ADDRESSES_TRIED = 3;

    /** Takes the largest request at once, so that no copy of it waits in this process for a slow server. */
    private static final int SEND_BUFFER = 256 * 1024;

    private final Duration connectTimeout;
    private final TlsContexts contexts = new TlsContexts();
    private final Watch watch = new Watch();

    Dialer(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** @param client whose certificate TLS presents if the server asks for one, null for none */
    HttpConnection dial(Endpoint endpoint, @Nullable Identity client, Deadline deadline)
            throws RemotingException, InterruptedException {
        Deadline connected = earlier(Deadline.after(connectTimeout), deadline);
        Proxy proxy = endpoint.access().proxy();
        Socket raw = proxy == null
                ? connect(endpoint.host(), endpoint.port(), connected, deadline)
                : connect(proxy, connected, deadline);
        Watch.Guard guard = watch.over(raw);
        try {
            guard.until(connected);
            if (proxy != null) {
                ProxyTunnel.open(raw, proxy, endpoint);
            }
            Socket socket = endpoint.tls() ? secure(raw, guard, endpoint, client, deadline) : raw;
            guard.rest();
            return new HttpConnection(raw, socket, guard, contexts.wantedCertificate(socket));
        } catch (IOException e) {
            guard.close();
            close(raw);
            Interruption.check();
            throw new RemotingException(
                    proxy == null
                            ? new ConnectionCut(Stage.TCP, 0)
                            : new ProxyFailed(proxy.toString(), 0, "it breaks the connection off"),
                    e);
        } catch (RemotingException | InterruptedException e) {
            guard.close();
            close(raw);
            throw e;
        }
    }

    private Socket connect(Proxy proxy, Deadline connected, Deadline deadline)
            throws RemotingException, InterruptedException {
        try {
            return connect(proxy.host(), proxy.port(), connected, deadline);
        } catch (RemotingException e) {
            throw new RemotingException(
                    new ProxyFailed(proxy.toString(), 0, e.failure().message()), e);
        }
    }

    private Socket connect(String host, int port, Deadline connected, Deadline deadline)
            throws RemotingException, InterruptedException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            Interruption.check();
            throw new RemotingException(new NameNotResolved(host), e);
        }
        RemotingException failed = null;
        for (int i = 0; i < Math.min(addresses.length, ADDRESSES_TRIED); i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSendBufferSize(SEND_BUFFER);
                socket.connect(new InetSocketAddress(addresses[i], port), (int)
                        Math.max(1, connected.remaining().toMillis()));
                return socket;
            } catch (IOException e) {
                close(socket);
                Interruption.check();
                failed = new RemotingException(notConnected(port, e, deadline), e);
            }
        }
        throw failed == null ? new RemotingException(new NameNotResolved(host)) : failed;
    }

    private RemotingFailure notConnected(int port, IOException e, Deadline deadline) {
        if (e instanceof SocketTimeoutException) {
            return new ConnectTimedOut(port, connectTimeout);
        }
        String detail = String.valueOf(e.getMessage());
        if (e instanceof ConnectException && detail.contains("refused")) {
            return new ConnectionRefused(port);
        }
        if (e instanceof ConnectException && detail.contains("timed out")) {
            return deadline.passed()
                    ? new DeadlineExceeded(Stage.TCP, connectTimeout)
                    : new ConnectTimedOut(port, connectTimeout);
        }
        if (detail.contains("reset")) {
            return new ConnectionCut(Stage.TCP, 0);
        }
        return new HostUnreachable(port, Words.clean(detail));
    }

    private Socket secure(
            Socket raw, Watch.Guard guard, Endpoint endpoint, @Nullable Identity client, Deadline deadline)
            throws RemotingException, InterruptedException, IOException {
        SSLSocket socket = (SSLSocket)
                contexts.factory(endpoint, client).createSocket(raw, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(protocols(endpoint, client));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            Interruption.check();
            if (guard.cut()) {
                throw new RemotingException(
                        deadline.passed()
                                ? new DeadlineExceeded(Stage.TLS, connectTimeout)
                                : new NoAnswer(Stage.TLS, connectTimeout),
                        e);
            }
            throw new RemotingException(TlsTrouble.of(endpoint, e, contexts.wantedCertificate(socket)), e);
        }
    }

    /**
     * Windows asks for a client certificate only after it has seen the request. TLS 1.2 renegotiates for that; the way of
     * TLS 1.3 is one that Java does not know.
     */
    private static String[] protocols(Endpoint endpoint, @Nullable Identity client) {
        if (endpoint.access().minimumTls().equals("TLSv1.3")) {
            return new String[] {"TLSv1.3"};
        }
        return client != null && client.proof() instanceof Identity.Proof.ClientCertificate
                ? new String[] {"TLSv1.2"}
                : new String[] {"TLSv1.3", "TLSv1.2"};
    }

    private static Deadline earlier(Deadline one, Deadline other) {
        return one.nanoTime() - other.nanoTime() < 0 ? one : other;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
