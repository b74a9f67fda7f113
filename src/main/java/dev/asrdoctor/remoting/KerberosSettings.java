package dev.asrdoctor.remoting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Kerberos finds the domain and names a server.
 *
 * @param service first half of the service principal name: {@code host}, {@code HTTP} or {@code WSMAN}
 * @param serviceHost second half, null for the endpoint's host
 * @param realm of account and server, null: as the account says, else as krb5.conf says
 * @param kdcs hosts, each with a port where it is not 88; empty: krb5.conf or DNS tells
 */
public record KerberosSettings(
        String service,
        @Nullable String serviceHost,
        @Nullable String realm,
        List<String> kdcs) {
    public static final KerberosSettings DEFAULT = new KerberosSettings("host", null, null, List.of());

    public KerberosSettings {
        kdcs = List.copyOf(kdcs);
    }

    /** Second half of the service principal name, without the dot with which DNS ends a whole name. */
    public String serviceHostOf(String host) {
        String named = serviceHost == null ? host : serviceHost;
        return named.endsWith(".") ? named.substring(0, named.length() - 1) : named;
    }
}
