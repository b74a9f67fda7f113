package dev.asrdoctor.inventory;

import dev.asrdoctor.text.Words;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param authentication the first to be tried, or the only one
 * @param path URL path of the WinRM listener, normally {@code /wsman}
 * @param allowBasicOverHttp Basic without TLS shows the password to the network, so it must be asked for
 * @param credential name of the credential in the inventory, null where none is set
 * @param words in which the inventory says all this
 */
public record Connection(
        Transport transport,
        Authentication authentication,
        boolean allowBasicOverHttp,
        String path,
        TlsSettings tls,
        @Nullable String credential,
        AccessSettings access,
        InventoryWords words) {

    public Connection(
            Transport transport,
            Authentication authentication,
            boolean allowBasicOverHttp,
            String path,
            TlsSettings tls,
            @Nullable String credential,
            AccessSettings access) {
        this(transport, authentication, allowBasicOverHttp, path, tls, credential, access, InventoryWords.OWN);
    }

    public Connection(
            Transport transport,
            Authentication authentication,
            boolean allowBasicOverHttp,
            String path,
            TlsSettings tls,
            @Nullable String credential) {
        this(transport, authentication, allowBasicOverHttp, path, tls, credential, AccessSettings.NONE);
    }

    public Connection with(Transport other) {
        return new Connection(other, authentication, allowBasicOverHttp, path, tls, credential, access, words);
    }

    Connection with(InventoryWords other) {
        return new Connection(transport, authentication, allowBasicOverHttp, path, tls, credential, access, other);
    }

    /** How scripts get there. WinRM4j and the PowerShell of this machine are libraries of others (docs/transports.md). */
    public enum Transport {
        HTTP,
        HTTPS,
        WINRM4J,
        WINRM4J_HTTP,
        LOCAL;

        public boolean tls() {
            return this == HTTPS || this == WINRM4J;
        }

        /** Somebody has to log on there. */
        public boolean needsCredential() {
            return this != LOCAL;
        }

        /** As it is written in an inventory. */
        public String word() {
            return Words.word(this);
        }
    }

    public enum Authentication {
        KERBEROS,
        NTLM,
        CERTIFICATE,
        BASIC
    }
}
