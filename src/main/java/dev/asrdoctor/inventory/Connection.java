package dev.asrdoctor.inventory;

import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param authentication the first to be tried, or the only one
 * @param path URL path of the WinRM listener, normally {@code /wsman}
 * @param allowBasicOverHttp Basic without TLS shows the password to the network, so it must be asked for
 * @param credential name of the credential in the inventory, null where none is set
 */
public record Connection(
        Transport transport,
        Authentication authentication,
        boolean allowBasicOverHttp,
        String path,
        TlsSettings tls,
        @Nullable String credential,
        AccessSettings access) {

    public Connection(
            Transport transport,
            Authentication authentication,
            boolean allowBasicOverHttp,
            String path,
            TlsSettings tls,
            @Nullable String credential) {
        this(transport, authentication, allowBasicOverHttp, path, tls, credential, AccessSettings.NONE);
    }

    public enum Transport {
        HTTP,
        HTTPS
    }

    public enum Authentication {
        KERBEROS,
        NTLM,
        CERTIFICATE,
        BASIC
    }
}
