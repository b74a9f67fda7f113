package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.ntlm.ChannelBinding;
import dev.asrdoctor.remoting.ntlm.NtlmClient;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Speaks to an endpoint byte by byte, without the product's own client. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final List<String> standing = new ArrayList<>();
    private @Nullable NtlmSession session;
    private byte @Nullable [] certificateHash;

    /** {@code headers} as whole lines, in order. */
    record Answer(String statusLine, List<String> headers, byte[] body) {
        int status() {
            return Integer.parseInt(statusLine.split(" ")[1]);
        }

        String text() {
            return new String(body, UTF_8);
        }

        List<String> headerNames() {
            return headers.stream()
                    .map(line -> line.substring(0, line.indexOf(':')))
                    .toList();
        }

        String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient to(WinRmEndpoint endpoint) throws IOException {
        return to(endpoint.address());
    }

    static RawClient to(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    static RawClient basic(WinRmEndpoint endpoint, String user, String password) throws IOException {
        RawClient client = to(endpoint);
        client.useBasic(user, password);
        return client;
    }

    /** Shakes hands whatever the certificate, and remembers it. */
    static RawClient tls(WinRmEndpoint endpoint) throws IOException, GeneralSecurityException {
        RawClient plain = to(endpoint);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(plain.socket, "127.0.0.1", endpoint.port(), true);
        secured.startHandshake();
        RawClient client = new RawClient(secured);
        client.certificateHash = MessageDigest.getInstance("SHA-256")
                .digest(secured.getSession().getPeerCertificates()[0].getEncoded());
        return client;
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    byte[] certificateHash() {
        return certificateHash == null ? new byte[0] : certificateHash;
    }

    void useBasic(String user, String password) {
        standing.add(
                "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
    }

    void giveUpAfterMillis(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void writeSoap(String envelope) throws IOException {
        byte[] body = envelope.getBytes(UTF_8);
        List<String> lines = new ArrayList<>(List.of("POST /wsman HTTP/1.1", "Host: 127.0.0.1"));
        lines.addAll(standing);
        lines.add("Content-Length: " + body.length);
        write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
        write(body);
    }

    Answer soap(String envelope) throws IOException {
        return post(List.of("Content-Type: application/soap+xml;charset=UTF-8"), envelope.getBytes(UTF_8));
    }

    Answer post(List<String> headers, byte[] body) throws IOException {
        List<String> lines = new ArrayList<>(List.of("POST /wsman HTTP/1.1", "Host: 127.0.0.1"));
        lines.addAll(standing);
        lines.addAll(headers);
        lines.add("Content-Length: " + body.length);
        return exchange(lines, body);
    }

    Answer exchange(List<String> lines, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
        out.writeBytes(body);
        return exchange(out.toByteArray());
    }

    Answer exchange(byte[] raw) throws IOException {
        write(raw);
        return read();
    }

    void write(byte[] raw) throws IOException {
        socket.getOutputStream().write(raw);
        socket.getOutputStream().flush();
    }

    /** Everything until the server closes. */
    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    Answer read() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed after '" + head.toString(ISO_8859_1) + "'");
            }
            head.write(c);
        }
        List<String> lines = List.of(head.toString(ISO_8859_1).split("\r\n"));
        Answer empty = new Answer(lines.getFirst(), lines.subList(1, lines.size()), new byte[0]);
        int length = Integer.parseInt("0" + empty.header("Content-Length"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("closed within the body");
        }
        return new Answer(empty.statusLine(), empty.headers(), body);
    }

    /** The last answer of the logon: 200 with an empty body, or 401. */
    Answer logOn(String domain, String user, String password) throws IOException, NtlmException {
        byte[] binding = certificateHash == null ? null : ChannelBinding.tlsServerEndPoint(certificateHash);
        return logOn(domain, user, password, binding);
    }

    Answer logOn(String domain, String user, String password, byte @Nullable [] binding)
            throws IOException, NtlmException {
        NtlmClient ntlm = new NtlmClient(
                new NtlmClient.Account(domain, user, password.toCharArray(), ""),
                NtlmFlags.CLIENT,
                new SecureRandom(),
                Clock.systemUTC());
        Answer challenge = post(List.of(negotiate(ntlm.negotiate())), new byte[0]);
        byte[] token =
                Base64.getDecoder().decode(challenge.header("WWW-Authenticate").substring("Negotiate ".length()));
        byte[] answer = ntlm.authenticate(token, new NtlmClient.Target(null, binding));
        Answer last = post(List.of(negotiate(answer)), new byte[0]);
        session = ntlm.session().orElse(null);
        return last;
    }

    static String negotiate(byte[] token) {
        return "Authorization: Negotiate " + Base64.getEncoder().encodeToString(token);
    }

    /** Sends sealed; the answer's body is unsealed if it was sealed. */
    Answer sealed(String envelope) throws IOException, NtlmException {
        NtlmSession current = Objects.requireNonNull(session);
        Answer answer = post(
                List.of("Content-Type: " + Sealing.CONTENT_TYPE), Sealing.close(envelope.getBytes(UTF_8), current));
        return Sealing.is(answer.header("Content-Type"))
                ? new Answer(answer.statusLine(), answer.headers(), Sealing.open(answer.body(), current))
                : answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
