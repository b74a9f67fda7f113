package dev.asrdoctor.remoting;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An account with what proves it, alive only while connections are made.
 *
 * @param domain empty where the user name carries it ({@code user@domain}) or the account is local
 * @param password empty where the proof needs none
 */
public record Identity(String domain, String user, char[] password, Proof proof) implements AutoCloseable {

    /** What an account is proven with. */
    public sealed interface Proof {
        /** The password itself, for every scheme. */
        record Password() implements Proof {}

        /** For Kerberos: a file with the account's keys. */
        record Keytab(Path file) implements Proof {}

        /** For Kerberos: tickets that somebody else has fetched; without a file, those of the default cache of the user. */
        record TicketCache(@Nullable Path file) implements Proof {}

        /** For TLS: a PKCS#12 file with one key and its certificates; the password opens it. */
        record ClientCertificate(Path file) implements Proof {}

        /** For the end of a sentence. */
        default String words() {
            return switch (this) {
                case Password ignored -> "a password";
                case Keytab ignored -> "a keytab";
                case TicketCache ignored -> "a ticket cache";
                case ClientCertificate ignored -> "a client certificate";
            };
        }
    }

    public Identity(String domain, String user, char[] password) {
        this(domain, user, password, new Proof.Password());
    }

    /** Splits {@code DOMAIN\\user}; every other form stays whole with an empty domain. */
    public static Identity of(String account, char[] password) {
        return of(account, password, new Proof.Password());
    }

    /** The same with another proof than the password. */
    public static Identity of(String account, char[] password, Proof proof) {
        int slash = account.indexOf('\\');
        return slash < 0
                ? new Identity("", account, password, proof)
                : new Identity(account.substring(0, slash), account.substring(slash + 1), password, proof);
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
