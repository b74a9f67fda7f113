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
 */
public record TlsSettings(
        List<String> fingerprints, @Nullable Path caFile, boolean verify) {
    public static final TlsSettings SYSTEM = new TlsSettings(List.of(), null, true);
}
