package dev.asrdoctor.inventory;

import dev.asrdoctor.inventory.Connection.Authentication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else decides how a server is reached; null and empty where nothing is said.
 *
 * @param fallbacks schemes that may be tried, in this order, when the first does not work
 * @param realm Kerberos realm of accounts and servers
 * @param kdcs domain controllers, each a host or {@code host:port}
 * @param spn first half of the service principal name: {@code host}, {@code HTTP} or {@code WSMAN}
 * @param serviceHost second half, where it is not the server's address
 * @param proxy {@code host:port} of an HTTP proxy
 */
public record AccessSettings(
        List<Authentication> fallbacks,
        @Nullable String realm,
        List<String> kdcs,
        @Nullable String spn,
        @Nullable String serviceHost,
        @Nullable String proxy) {
    public static final AccessSettings NONE = new AccessSettings(List.of(), null, List.of(), null, null, null);

    /** Takes back what a surrounding group says. */
    static final String DIRECTLY = "none";

    public AccessSettings {
        fallbacks = List.copyOf(fallbacks);
        kdcs = List.copyOf(kdcs);
    }

    /** @param ownAuthentication the inner one names its schemes itself */
    AccessSettings within(AccessSettings outer, boolean ownAuthentication) {
        boolean ownRealm = realm != null && !realm.equals(outer.realm);
        return new AccessSettings(
                ownAuthentication ? fallbacks : outer.fallbacks,
                realm != null ? realm : outer.realm,
                kdcs.isEmpty() && !ownRealm ? outer.kdcs : kdcs,
                spn != null ? spn : outer.spn,
                serviceHost != null ? serviceHost : outer.serviceHost,
                proxy != null ? proxy : outer.proxy);
    }

    AccessSettings settled() {
        return DIRECTLY.equals(proxy) ? new AccessSettings(fallbacks, realm, kdcs, spn, serviceHost, null) : this;
    }
}
