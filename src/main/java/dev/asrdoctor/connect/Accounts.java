package dev.asrdoctor.connect;

import dev.asrdoctor.remoting.Identity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accounts that one command uses, however often it visits its servers: a password is fetched once, and what servers
 * have said of it is not forgotten between visits. Safe for many threads.
 */
public final class Accounts implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Identity> identities = new HashMap<>();
    private final Map<Identity, LogonGate> gates = new HashMap<>();

    /** @param identities by the credential names that the inventory uses; wiped by {@link #close} */
    public static Accounts of(Map<String, Identity> identities) {
        Accounts accounts = new Accounts();
        identities.forEach(accounts::keep);
        return accounts;
    }

    public Optional<Identity> known(String credential) {
        lock.lock();
        try {
            return Optional.ofNullable(identities.get(credential));
        } finally {
            lock.unlock();
        }
    }

    /** Two credentials with the same account and password are one to whoever counts wrong passwords. */
    public void keep(String credential, Identity fresh) {
        lock.lock();
        try {
            Optional<Identity> same = identities.values().stream()
                    .filter(known -> same(known, fresh))
                    .findFirst();
            identities.put(credential, same.orElse(fresh));
            if (same.isPresent() && !same.get().equals(fresh)) {
                fresh.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean same(Identity one, Identity other) {
        return one.account().equalsIgnoreCase(other.account())
                && one.proof().equals(other.proof())
                && Arrays.equals(one.password(), other.password());
    }

    /** @throws IllegalArgumentException where nothing is known of the credential */
    LogonGate gate(String credential, int refusalsAllowed) {
        lock.lock();
        try {
            Identity identity = identities.get(credential);
            if (identity == null) {
                throw new IllegalArgumentException("no identity for the credential " + credential);
            }
            return gates.computeIfAbsent(identity, one -> new LogonGate(credential, one, refusalsAllowed));
        } finally {
            lock.unlock();
        }
    }

    /** Servers are about to be visited, perhaps again. */
    void visitBegins() {
        lock.lock();
        try {
            gates.values().forEach(LogonGate::visitBegins);
        } finally {
            lock.unlock();
        }
    }

    /** Wipes the passwords; nobody can log on afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            identities.values().forEach(Identity::close);
            identities.clear();
            gates.clear();
        } finally {
            lock.unlock();
        }
    }
}
