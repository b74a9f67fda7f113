package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import java.io.IOException;
import java.net.Socket;

/** Closes a socket when time is up, for the calls that know no timeout: writing, and a TLS handshake fed byte by byte. */
final class CutAtDeadline implements AutoCloseable {
    private final Thread watcher;
    private volatile boolean cut;

    CutAtDeadline(Socket socket, Deadline deadline) {
        watcher = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(deadline.remaining());
                cut = true;
                socket.close();
            } catch (InterruptedException | IOException e) {
                // Finished in time, or closed already.
            }
        });
    }

    boolean happened() {
        return cut;
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
