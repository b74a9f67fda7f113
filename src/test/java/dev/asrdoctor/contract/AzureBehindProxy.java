package dev.asrdoctor.contract;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A proxy that answers CONNECT, and Azure's sign-in behind it, whose certificate a server trusts that was told to. */
final class AzureBehindProxy implements AutoCloseable {
    /** Part of the issuer of its certificate. */
    static final String ISSUER = "Lab Azure";

    private static final String HOST = "login.microsoftonline.com";
    private static final int PROPERTY_SHA1 = 3;
    private static final int PROPERTY_CERTIFICATE = 32;
    private static final int HEADER = 12;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext context;
    private final X509Certificate certificate;

    AzureBehindProxy() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=" + HOST + ",O=" + ISSUER);
        Instant now = Instant.now();
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.TEN,
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(Duration.ofDays(300))),
                                name,
                                keys.getPublic())
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, HOST)))
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("azure", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The registry of a server that trusts the certificate: a root as Windows keeps them, its properties one by one. */
    List<String> trusted() throws Exception {
        byte[] der = certificate.getEncoded();
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(der);
        ByteBuffer blob = ByteBuffer.allocate(2 * HEADER + sha1.length + der.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PROPERTY_SHA1)
                .putInt(1)
                .putInt(sha1.length)
                .put(sha1)
                .putInt(PROPERTY_CERTIFICATE)
                .putInt(1)
                .putInt(der.length)
                .put(der);
        return List.of(
                "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\Root\\Certificates\\"
                        + HexFormat.of().withUpperCase().formatHex(sha1) + "]",
                "\"Blob\"=hex:" + HexFormat.ofDelimiter(",").formatHex(blob.array()));
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> tunnel(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void tunnel(Socket socket) {
        try (socket) {
            String head = head(socket.getInputStream());
            if (!head.startsWith("CONNECT " + HOST + ":443 ")) {
                return;
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, HOST, 443, true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            tls.getInputStream().read();
        } catch (IOException e) {
            // Who only looks whether the proxy is there says nothing and goes.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.append((char) one);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
