package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Anything that listens on a port and is not what was hoped for. */
final class Peer implements AutoCloseable {
    interface Behaviour {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket listener;
    final AtomicInteger connections = new AtomicInteger();

    Peer(Behaviour behaviour) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            behaviour.serve(socket);
                        } catch (IOException e) {
                            // The client had enough.
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /** Reads each request and answers it with these bytes, whatever it was. */
    static Peer saying(String answer) throws IOException {
        return saying(answer.getBytes(ISO_8859_1));
    }

    static Peer saying(byte[] answer) throws IOException {
        return new Peer(socket -> {
            while (FakeHost.read(socket.getInputStream()) != null) {
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
            }
        });
    }

    /** Takes everything and says nothing. */
    static Peer silent() throws IOException {
        return new Peer(socket -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
    }

    Endpoint endpoint(Scheme scheme) {
        return new Endpoint("127.0.0.1", port(), false, "/wsman", scheme, true, List.of(), null, true);
    }

    Endpoint tls() {
        return new Endpoint("127.0.0.1", port(), true, "/wsman", Scheme.NTLM, true, List.of(), null, true);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
