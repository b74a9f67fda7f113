package dev.asrdoctor.lab.wsman;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint listens.
 *
 * @param port 0: any free one
 * @param tls null: plain HTTP
 */
public record Listening(
        InetAddress address, int port, @Nullable Tls tls) {

    public Listening {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "the lab stays on this machine; " + address + " is not a loopback address");
        }
    }

    public record Tls(LabCertificates certificates, CertificateProfile profile) {}

    /** Plain HTTP on 127.0.0.1, any port. */
    public static Listening http() {
        return new Listening(Loopback.FIRST, 0, null);
    }

    /** HTTPS on 127.0.0.1, any port. */
    public static Listening https(LabCertificates certificates, CertificateProfile profile) {
        return new Listening(Loopback.FIRST, 0, new Tls(certificates, profile));
    }

    public Listening at(InetAddress where, int onPort) {
        return new Listening(where, onPort, tls);
    }
}
