package dev.asrdoctor.inventory;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server's certificate is judged.
 *
 * @param fingerprints SHA-256 fingerprints (64 lower-case hex digits) of the only certificates accepted; when not empty
 *     they replace the check of chain, name and dates
 * @param caFile PEM file with the certificate authorities to trust in place of the system's, null for the system's
 * @param verify false accepts any certificate; the inventory has to say so in words
 * @param minimumVersion oldest TLS that is spoken: {@code TLSv1.2} or {@code TLSv1.3}
 */
public record TlsSettings(
        List<String> fingerprints, @Nullable Path caFile, boolean verify, String minimumVersion) {
    static final String UNSAID = "";
    public static final TlsSettings SYSTEM = new TlsSettings(List.of(), null, true);

    public TlsSettings(List<String> fingerprints, @Nullable Path caFile, boolean verify) {
        this(fingerprints, caFile, verify, "TLSv1.2");
    }

    /** Whom to trust is said whole or not at all; the oldest TLS of the surroundings holds unless another is said. */
    TlsSettings within(@Nullable TlsSettings outer) {
        return outer == null || !minimumVersion.equals(UNSAID)
                ? this
                : new TlsSettings(fingerprints, caFile, verify, outer.minimumVersion);
    }

    TlsSettings settled() {
        return minimumVersion.equals(UNSAID) ? new TlsSettings(fingerprints, caFile, verify) : this;
    }
}
