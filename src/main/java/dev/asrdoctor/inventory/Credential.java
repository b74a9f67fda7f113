package dev.asrdoctor.inventory;

import java.nio.file.Path;
import java.util.List;

/**
 * A named account; its password is a reference until the moment of connecting.
 *
 * @param user {@code DOMAIN\\user}, {@code user@domain} or a local account's name
 */
public record Credential(String name, String user, Source password) {

    /** Where the password comes from. */
    public sealed interface Source {}

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
