package dev.asrdoctor.remoting;

import java.util.Arrays;

/**
 * An account with its password, alive only while connections are made.
 *
 * @param domain empty where the user name carries it ({@code user@domain}) or the account is local
 */
public record Identity(String domain, String user, char[] password) implements AutoCloseable {

    /** Splits {@code DOMAIN\\user}; every other form stays whole with an empty domain. */
    public static Identity of(String account, char[] password) {
        int slash = account.indexOf('\\');
        return slash < 0
                ? new Identity("", account, password)
                : new Identity(account.substring(0, slash), account.substring(slash + 1), password);
    }

    /** {@code DOMAIN\\user} or the user alone. */
    public String account() {
        return domain.isEmpty() ? user : domain + "\\" + user;
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return account();
    }
}
