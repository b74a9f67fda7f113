package dev.asrdoctor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ports of this machine that refuse. Each is held until the tests end: one that was let go would soon be another's. */
public final class ClosedPort {
    private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

    private ClosedPort() {}

    /** One on 127.0.0.1 that is bound and on which nobody listens. */
    public static int number() {
        Socket socket = new Socket();
        HELD.add(socket);
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return socket.getLocalPort();
    }
}
