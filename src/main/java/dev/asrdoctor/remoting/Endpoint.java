package dev.asrdoctor.remoting;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to connect.
 *
 * @param fingerprints SHA-256 fingerprints (lower-case hex) of the only certificates accepted; empty: chain and name decide
 * @param caFile PEM file with the authorities to trust in place of the system's
 * @param verifyCertificate false accepts any certificate
 */
public record Endpoint(
        String host,
        int port,
        boolean tls,
        String path,
        Scheme scheme,
        boolean allowBasicOverHttp,
        List<String> fingerprints,
        @Nullable Path caFile,
        boolean verifyCertificate) {

    public enum Scheme {
        NTLM,
        BASIC
    }
}
