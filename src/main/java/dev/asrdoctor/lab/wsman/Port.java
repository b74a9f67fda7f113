package dev.asrdoctor.lab.wsman;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listening port that can stop listening for a while and stays ours meanwhile. */
final class Port {
    private static final int BACKLOG = 200;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final InetSocketAddress address;
    private final Outages outages;
    private final Consumer<Socket> taker;
    private final long startNanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ServerSocket listener;
    /** Bound, and not listening: the system refuses connections to it and gives the port to nobody else. */
    private @Nullable Socket placeholder;

    private volatile boolean closed;

    Port(Listening listening, Outages outages, Consumer<Socket> taker) throws IOException {
        this.outages = outages;
        this.taker = taker;
        InetSocketAddress wanted = new InetSocketAddress(listening.address(), listening.port());
        if (outages.now(Duration.ZERO)) {
            Socket held = hold(wanted);
            placeholder = held;
            address = (InetSocketAddress) held.getLocalSocketAddress();
        } else {
            ServerSocket opened = listen(wanted);
            listener = opened;
            address = (InetSocketAddress) opened.getLocalSocketAddress();
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** Starts to accept; apart from the constructor so that its owner is complete before the first connection. */
    void open() {
        ServerSocket opened = listener;
        if (opened != null) {
            accept(opened);
        }
        if (!outages.none()) {
            Thread.ofVirtual().name("outages " + address.getPort()).start(this::watch);
        }
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().name("accept " + address.getPort()).start(() -> {
            while (!from.isClosed()) {
                try {
                    taker.accept(from.accept());
                } catch (IOException e) {
                    pause();
                }
            }
        });
    }

    private void watch() {
        while (!closed) {
            boolean down = outages.now(Duration.ofNanos(System.nanoTime() - startNanos));
            lock.lock();
            try {
                change(down);
            } catch (IOException e) {
                // The next look tries again.
            } finally {
                lock.unlock();
            }
            pause();
        }
    }

    private void change(boolean down) throws IOException {
        if (closed) {
            return;
        }
        if (down && listener != null) {
            closeQuietly(listener);
            listener = null;
            placeholder = hold(address);
        } else if (!down && listener == null) {
            closeQuietly(placeholder);
            placeholder = null;
            ServerSocket opened = listen(address);
            listener = opened;
            accept(opened);
        }
    }

    private static ServerSocket listen(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, BACKLOG);
        return socket;
    }

    private static Socket hold(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(address);
        return socket;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed = true;
        lock.lock();
        try {
            closeQuietly(listener);
            closeQuietly(placeholder);
        } finally {
            lock.unlock();
        }
    }

    static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
