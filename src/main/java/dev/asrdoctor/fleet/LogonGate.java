package dev.asrdoctor.fleet;

import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps one credential from being locked out. Until a server has accepted it, and again after any refusal, only as many
 * attempts run at once as refusals are still allowed; when that many servers in a row have refused it, nobody presents
 * it any more.
 */
final class LogonGate {
    private final String credential;
    private final Identity identity;
    private final int refusalsAllowed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> refusedBy = new ArrayList<>();
    private int inFlight;
    private boolean proven;

    LogonGate(String credential, Identity identity, int refusalsAllowed) {
        this.credential = credential;
        this.identity = identity;
        this.refusalsAllowed = refusalsAllowed;
    }

    Logon forServer(String server) {
        return new Logon() {
            @Override
            public Identity begin() throws RemotingException, InterruptedException {
                return enter();
            }

            @Override
            public void accepted() {
                leave(() -> {
                    proven = true;
                    refusedBy.clear();
                });
            }

            @Override
            public void refused() {
                leave(() -> {
                    proven = false;
                    refusedBy.add(server);
                });
            }

            @Override
            public void abandoned() {
                leave(() -> {});
            }
        };
    }

    private Identity enter() throws RemotingException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (refusedBy.size() >= refusalsAllowed) {
                    throw new RemotingException(
                            new RemotingFailure.LogonHeldBack(credential, identity.account(), List.copyOf(refusedBy)));
                }
                if (proven || inFlight + refusedBy.size() < refusalsAllowed) {
                    inFlight++;
                    return identity;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Runnable verdict) {
        lock.lock();
        try {
            inFlight--;
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
