package dev.asrdoctor.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to connect.
 *
 * @param scheme the first to be tried, or the only one
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
        boolean verifyCertificate,
        Access access) {

    /** Ways to log on, the strongest first. */
    public enum Scheme {
        KERBEROS("Kerberos"),
        /** Mapping of a TLS client certificate to an account of the server. */
        CERTIFICATE("client certificate"),
        NTLM("NTLM"),
        BASIC("Basic");

        private final String words;

        Scheme(String words) {
            this.words = words;
        }

        /** As people call it. */
        public String words() {
            return words;
        }
    }

    /** An endpoint with one scheme and nothing out of the ordinary. */
    public Endpoint(
            String host,
            int port,
            boolean tls,
            String path,
            Scheme scheme,
            boolean allowBasicOverHttp,
            List<String> fingerprints,
            @Nullable Path caFile,
            boolean verifyCertificate) {
        this(
                host,
                port,
                tls,
                path,
                scheme,
                allowBasicOverHttp,
                fingerprints,
                caFile,
                verifyCertificate,
                Access.DEFAULT);
    }

    public Endpoint with(Access other) {
        return new Endpoint(
                host, port, tls, path, scheme, allowBasicOverHttp, fingerprints, caFile, verifyCertificate, other);
    }

    /**
     * Host and port as they stand in a URL and in the header Host: IPv6 in brackets and without its zone, which means
     * something on this machine alone (RFC 6874, 4), other names than ASCII as DNS writes them.
     */
    public String authority() {
        return urlHost() + ':' + port;
    }

    private String urlHost() {
        if (host.indexOf(':') >= 0) {
            return '[' + StringUtils.substringBefore(host, "%") + ']';
        }
        if (host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return host;
        }
        try {
            String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
            return ascii.indexOf(' ') < 0 ? ascii : URLEncoder.encode(host, UTF_8);
        } catch (IllegalArgumentException e) {
            return URLEncoder.encode(host, UTF_8);
        }
    }

    /** The schemes that may be tried, in order. */
    public List<Scheme> schemes() {
        return Stream.concat(Stream.of(scheme), access.fallbacks().stream())
                .distinct()
                .toList();
    }
}
