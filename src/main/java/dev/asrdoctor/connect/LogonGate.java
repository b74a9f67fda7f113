package dev.asrdoctor.connect;

import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps one credential from being locked out. Until a server has accepted it, and again after any refusal, only as many
 * attempts run at once as refusals are still allowed; when that many servers in a row have refused it, nobody presents
 * it any more.
 */
final class LogonGate {
    /** A server that says nothing for so long does not hold up the others; it hardly counts failures either. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String credential;
    private final Identity identity;
    private final int refusalsAllowed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> refusedBy = new ArrayList<>();
    private final List<Long> inFlightSince = new ArrayList<>();
    private final LongSupplier nanoTime;
    private final Set<String> refusedThisVisit = new HashSet<>();
    private final Map<String, Integer> visitsRefused = new HashMap<>();
    private boolean proven;
    private boolean everAccepted;

    LogonGate(String credential, Identity identity, int refusalsAllowed) {
        this(credential, identity, refusalsAllowed, System::nanoTime);
    }

    LogonGate(String credential, Identity identity, int refusalsAllowed, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.credential = credential;
        this.identity = identity;
        this.refusalsAllowed = refusalsAllowed;
    }

    Logon forServer(String server) {
        return new Logon() {
            private long since;

            @Override
            public Identity begin() throws RemotingException, InterruptedException {
                since = enter(server);
                return identity;
            }

            @Override
            public void accepted() {
                leave(since, () -> {
                    proven = true;
                    everAccepted = true;
                    refusedBy.clear();
                });
            }

            @Override
            public void refused() {
                leave(since, () -> {
                    proven = false;
                    refusedBy.add(server);
                    refusedThisVisit.add(server);
                });
            }

            @Override
            public void abandoned() {
                leave(since, () -> {});
            }
        };
    }

    /**
     * Another visit of the same command. A password that nobody has accepted yet stays refused. One that was accepted may
     * be refused by a server that is still starting, which may say so only as often as servers in a row may.
     */
    void visitBegins() {
        lock.lock();
        try {
            proven = false;
            refusedThisVisit.forEach(server -> visitsRefused.merge(server, 1, Integer::sum));
            refusedThisVisit.clear();
            if (everAccepted) {
                refusedBy.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private long enter(String server) throws RemotingException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (visitsRefused.getOrDefault(server, 0) >= refusalsAllowed) {
                throw new RemotingException(
                        new RemotingFailure.LogonHeldBack(credential, identity.account(), List.of(server)));
            }
            while (true) {
                if (refusedBy.size() >= refusalsAllowed) {
                    throw new RemotingException(
                            new RemotingFailure.LogonHeldBack(credential, identity.account(), List.copyOf(refusedBy)));
                }
                long now = nanoTime.getAsLong();
                if (proven || undecided(now) + refusedBy.size() < refusalsAllowed) {
                    inFlightSince.add(now);
                    return now;
                }
                changed.awaitNanos(PATIENCE.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private long undecided(long now) {
        return inFlightSince.stream()
                .filter(since -> now - since < PATIENCE.toNanos())
                .count();
    }

    private void leave(long since, Runnable verdict) {
        lock.lock();
        try {
            inFlightSince.remove(since);
            // Answers that were under way when the gate closed must not open it again.
            if (refusedBy.size() < refusalsAllowed) {
                verdict.run();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
