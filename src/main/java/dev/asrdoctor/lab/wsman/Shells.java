package dev.asrdoctor.lab.wsman;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The open shells of an endpoint. Those idle for too long are gone whenever anybody looks. */
final class Shells {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shell> open = new LinkedHashMap<>();

    Shells(Clock clock) {
        this.clock = clock;
    }

    /** @return false where this owner has as many already */
    boolean add(Shell shell, int allowed) {
        lock.lock();
        try {
            reap();
            long owned = open.values().stream()
                    .filter(each -> each.owner().equalsIgnoreCase(shell.owner()))
                    .count();
            if (owned >= allowed) {
                return false;
            }
            open.put(shell.id(), shell);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The shell, entered: whoever gets it calls {@link Shell#leave}. Null where there is none, or it is another user's. */
    @Nullable Shell enter(String id, String owner) {
        lock.lock();
        try {
            reap();
            Shell shell = open.get(id);
            if (shell == null || !shell.owner().equalsIgnoreCase(owner)) {
                return null;
            }
            shell.enter(clock.instant());
            return shell;
        } finally {
            lock.unlock();
        }
    }

    void remove(String id) {
        lock.lock();
        try {
            Shell shell = open.remove(id);
            if (shell != null) {
                shell.kill();
            }
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            reap();
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    void killAll() {
        lock.lock();
        try {
            List.copyOf(open.keySet()).forEach(this::remove);
        } finally {
            lock.unlock();
        }
    }

    private void reap() {
        Instant now = clock.instant();
        open.values().removeIf(shell -> {
            boolean idle = shell.idleTooLong(now);
            if (idle) {
                shell.kill();
            }
            return idle;
        });
    }
}
