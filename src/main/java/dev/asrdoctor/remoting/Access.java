package dev.asrdoctor.remoting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else decides how a connection comes about.
 *
 * @param fallbacks schemes that may be tried, in this order, when the endpoint's own does not work
 * @param minimumTls oldest version of TLS that is spoken: {@code TLSv1.2} or {@code TLSv1.3}
 * @param proxy null: directly
 */
public record Access(
        List<Endpoint.Scheme> fallbacks,
        KerberosSettings kerberos,
        String minimumTls,
        @Nullable Proxy proxy) {
    public static final Access DEFAULT = new Access(List.of(), KerberosSettings.DEFAULT, "TLSv1.2", null);

    public Access {
        fallbacks = List.copyOf(fallbacks);
    }

    /** An HTTP proxy, which is asked for a tunnel (CONNECT) with TLS and without. */
    public record Proxy(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public Access withFallbacks(List<Endpoint.Scheme> schemes) {
        return new Access(schemes, kerberos, minimumTls, proxy);
    }

    public Access with(KerberosSettings settings) {
        return new Access(fallbacks, settings, minimumTls, proxy);
    }

    public Access with(Proxy through) {
        return new Access(fallbacks, kerberos, minimumTls, through);
    }

    public Access withMinimumTls(String version) {
        return new Access(fallbacks, kerberos, version, proxy);
    }
}
