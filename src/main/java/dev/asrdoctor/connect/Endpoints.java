package dev.asrdoctor.connect;

import dev.asrdoctor.inventory.AccessSettings;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.KerberosSettings;

/** What the inventory says of a server's connection, as remoting takes it. */
final class Endpoints {
    private Endpoints() {}

    static Endpoint of(Server server) {
        Connection connection = server.connection();
        return new Endpoint(
                server.address(),
                server.port(),
                connection.transport().tls(),
                connection.path(),
                scheme(connection.authentication()),
                connection.allowBasicOverHttp(),
                connection.tls().fingerprints(),
                connection.tls().caFile(),
                connection.tls().verify(),
                access(connection));
    }

    private static Endpoint.Scheme scheme(Connection.Authentication authentication) {
        return switch (authentication) {
            case KERBEROS -> Endpoint.Scheme.KERBEROS;
            case NTLM -> Endpoint.Scheme.NTLM;
            case CERTIFICATE -> Endpoint.Scheme.CERTIFICATE;
            case BASIC -> Endpoint.Scheme.BASIC;
        };
    }

    private static Access access(Connection connection) {
        AccessSettings said = connection.access();
        String proxy = said.proxy();
        int colon = proxy == null ? 0 : proxy.lastIndexOf(':');
        return new Access(
                said.fallbacks().stream().map(Endpoints::scheme).toList(),
                new KerberosSettings(
                        said.spn() == null ? KerberosSettings.DEFAULT.service() : said.spn(),
                        said.serviceHost(),
                        said.realm(),
                        said.kdcs()),
                connection.tls().minimumVersion(),
                proxy == null
                        ? null
                        : new Access.Proxy(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1))));
    }
}
