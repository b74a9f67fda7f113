package dev.asrdoctor.lab.wsman;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The accounts that endpoints know, with the logon failures of each. Safe for many threads. */
public final class Accounts {
    private final List<Account> known;
    private final int lockAfter;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    /** @param lockAfter an account is locked after so many failures since its last success; 0: never */
    public Accounts(List<Account> known, int lockAfter) {
        this.known = List.copyOf(known);
        this.lockAfter = lockAfter;
    }

    public static Accounts of(Account... known) {
        return new Accounts(List.of(known), 0);
    }

    /** Failures since the last success; 0 for a user nobody has tried. */
    public int failures(String user) {
        AtomicInteger count = failures.get(key(user));
        return count == null ? 0 : count.get();
    }

    public boolean locked(String user) {
        return lockAfter > 0 && failures(user) >= lockAfter;
    }

    /**
     * The account meant by what a client sent.
     *
     * @param domain empty, a dot, the host's name or the account's domain
     */
    @Nullable Account find(String domain, String user, String computerName) {
        String plain = plainUser(user);
        return known.stream()
                .filter(each -> each.user().equalsIgnoreCase(plain))
                .filter(each -> domainFits(each, domain, user, computerName))
                .findFirst()
                .orElse(null);
    }

    /** Counts a right password, which helps only an account that is not locked. */
    boolean admit(String user) {
        if (locked(plainUser(user))) {
            refuse(user);
            return false;
        }
        count(user).set(0);
        return true;
    }

    void refuse(String user) {
        count(user).incrementAndGet();
    }

    private AtomicInteger count(String user) {
        return failures.computeIfAbsent(key(plainUser(user)), name -> new AtomicInteger());
    }

    private static boolean domainFits(Account account, String domain, String user, String computerName) {
        if (account.domain().isEmpty()) {
            return domain.isEmpty() || domain.equals(".") || domain.equalsIgnoreCase(computerName);
        }
        if (domain.isEmpty() && user.indexOf('@') > 0) {
            String suffix = user.substring(user.indexOf('@') + 1);
            return suffix.equalsIgnoreCase(account.domain())
                    || suffix.toLowerCase(Locale.ROOT)
                            .startsWith(account.domain().toLowerCase(Locale.ROOT) + ".");
        }
        return domain.equalsIgnoreCase(account.domain());
    }

    private static String plainUser(String user) {
        int at = user.indexOf('@');
        return at < 0 ? user : user.substring(0, at);
    }

    private static String key(String user) {
        return user.toLowerCase(Locale.ROOT);
    }
}
