package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Ties a logon to the TLS connection it travels in (RFC 5929, MS-NLMP 2.2.2.1 MsvAvChannelBindings). */
public final class ChannelBinding {
    private ChannelBinding() {}

    /**
     * The 16 bytes for the attribute.
     *
     * @param certificateHash of the server's certificate, by its signature's hash algorithm, SHA-256 in place of MD5 and SHA-1
     */
    public static byte[] tlsServerEndPoint(byte[] certificateHash) {
        byte[] prefix = "tls-server-end-point:".getBytes(US_ASCII);
        byte[] data = Arrays.copyOf(prefix, prefix.length + certificateHash.length);
        System.arraycopy(certificateHash, 0, data, prefix.length, certificateHash.length);
        return of(data);
    }

    /**
     * The 16 bytes for the attribute: the MD5 of a gss_channel_bindings_struct without addresses.
     *
     * @param applicationData prefix and value of the binding
     */
    public static byte[] of(byte[] applicationData) {
        return NtlmCrypto.md5(new byte[16], Bytes.le32(applicationData.length), applicationData);
    }
}
