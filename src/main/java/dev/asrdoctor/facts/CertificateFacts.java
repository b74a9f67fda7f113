package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates by which an appliance proves to Azure who it is, and those that its files and keys name.
 *
 * @param store those of LocalMachine\My that are the appliance's or are named; thumbprints in lower case
 * @param storeError null, or the error id where the store could not be read
 */
public record CertificateFacts(
        List<Named> named,
        List<Certificate> store,
        @Nullable String storeError) {

    /** @param place the file or key and the member that names it */
    public record Named(String place, String thumbprint) {}

    /** @param privateKey whether the store has its private key */
    public record Certificate(
            String thumbprint,
            String subject,
            @Nullable String friendlyName,
            Instant notBefore,
            Instant notAfter,
            boolean privateKey) {}
}
