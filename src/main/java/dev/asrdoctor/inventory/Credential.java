package dev.asrdoctor.inventory;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named account; its password is a reference until the moment of connecting.
 *
 * @param user {@code DOMAIN\\user}, {@code user@domain} or a local account's name; empty where tickets or a certificate say it
 */
public record Credential(String name, String user, Source password, Proof proof) {

    public Credential(String name, String user, Source password) {
        this(name, user, password, new Password());
    }

    /** What proves the account. */
    public sealed interface Proof {}

    public record Password() implements Proof {}

    /** A file with the account's Kerberos keys. */
    public record Keytab(Path path) implements Proof {}

    /** Kerberos tickets that somebody else has fetched; those of the user's own cache where no file is named. */
    public record TicketCache(@Nullable Path path) implements Proof {}

    /** A PKCS#12 file with a key for TLS, which the password opens. */
    public record ClientCertificate(Path path) implements Proof {}

    /** Where the password comes from. */
    public sealed interface Source {}

    /** No password is needed. */
    public record None() implements Source {}

    public record Environment(String variable) implements Source {}

    public record Prompt() implements Source {}

    /** The first line that a command prints; it is started without a shell. */
    public record Command(List<String> arguments) implements Source {}

    /** The first line of a file that nobody but its owner can read. */
    public record SecretFile(Path path) implements Source {}

    /**
     * A secret key of a PKCS#12 keystore, whose bytes are the password in UTF-8; {@code keytool -importpass} makes one.
     *
     * @param opener where the keystore's own password comes from; never a keystore
     */
    public record Keystore(Path path, String entry, Source opener) implements Source {}

    /** Written in an Ansible inventory that nobody but its owner can read. */
    public record Inline(char[] password) implements Source {
        @Override
        public String toString() {
            return "Inline[...]";
        }
    }
}
