package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets whose time is up. One sleeper for all of them covers what socket timeouts do not (writing, a peer that drips
 * byte by byte) and is much cheaper than a timeout for each read of each virtual thread.
 */
final class Watch {
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean running;

    /** Watches a socket until the guard is closed. */
    Guard over(Socket socket) {
        Guard guard = new Guard(socket);
        lock.lock();
        try {
            guards.add(guard);
            if (!running) {
                running = true;
                Thread.ofVirtual().name("answer-watch").start(this::watch);
            }
        } finally {
            lock.unlock();
        }
        return guard;
    }

    private void watch() {
        do {
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody knows this thread to interrupt it", e);
            }
            guards.forEach(Guard::check);
        } while (!finished());
    }

    private boolean finished() {
        lock.lock();
        try {
            running = !guards.isEmpty();
            return !running;
        } finally {
            lock.unlock();
        }
    }

    final class Guard implements AutoCloseable {
        private final Socket socket;
        private volatile @Nullable Deadline due;
        private volatile boolean cut;

        private Guard(Socket socket) {
            this.socket = socket;
        }

        /** Cuts the socket when the deadline passes, unless {@link #rest} comes first. */
        void until(Deadline deadline) {
            due = deadline;
        }

        void rest() {
            due = null;
        }

        /** The socket was closed because its time was up. */
        boolean cut() {
            return cut;
        }

        private void check() {
            Deadline deadline = due;
            if (deadline != null && deadline.passed()) {
                cut = true;
                close();
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is gone either way.
                }
            }
        }

        @Override
        public void close() {
            guards.remove(this);
        }
    }
}
