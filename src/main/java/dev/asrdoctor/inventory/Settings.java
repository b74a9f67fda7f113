package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Value;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.product.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the inventory, a group or a server says; null where it says nothing and the surrounding group's word holds. */
record Settings(
        @Nullable String address,
        @Nullable Integer port,
        @Nullable Deployment deployment,
        @Nullable String site,
        Replication role,
        Map<String, String> tags,
        @Nullable Transport transport,
        @Nullable Authentication authentication,
        @Nullable Boolean allowBasicOverHttp,
        @Nullable String path,
        @Nullable TlsSettings tls,
        @Nullable String credential,
        @Nullable Value credentialAt,
        AccessSettings access) {

    static final Settings NONE = new Settings(
            null,
            null,
            null,
            null,
            Replication.UNSAID,
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            AccessSettings.NONE);

    /** These settings, with what they leave open taken from the surrounding ones. */
    Settings within(Settings outer) {
        Map<String, String> merged = new LinkedHashMap<>(outer.tags);
        merged.putAll(tags);
        return new Settings(
                either(address, outer.address),
                either(port, outer.port),
                either(deployment, outer.deployment),
                either(site, outer.site),
                role.within(outer.role),
                merged,
                either(transport, outer.transport),
                either(authentication, outer.authentication),
                either(allowBasicOverHttp, outer.allowBasicOverHttp),
                either(path, outer.path),
                tls == null ? outer.tls : tls.within(outer.tls),
                either(credential, outer.credential),
                credential != null ? credentialAt : outer.credentialAt,
                access.within(outer.access, authentication != null));
    }

    private static <T> @Nullable T either(@Nullable T inner, @Nullable T outer) {
        return inner != null ? inner : outer;
    }

    Transport transportOrDefault() {
        return transport != null ? transport : Transport.HTTPS;
    }

    int portOrDefault() {
        if (port != null) {
            return port;
        }
        return transportOrDefault().tls() ? 5986 : 5985;
    }

    Connection connection() {
        return new Connection(
                transportOrDefault(),
                authentication != null ? authentication : Authentication.NTLM,
                allowBasicOverHttp != null && allowBasicOverHttp,
                path != null ? path : "/wsman",
                tls != null ? tls.settled() : TlsSettings.SYSTEM,
                credential,
                access.settled());
    }
}
