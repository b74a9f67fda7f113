package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.ntlm.NtlmAcceptor;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import dev.asrdoctor.remoting.ntlm.NtlmV2;
import dev.asrdoctor.remoting.ntlm.NtlmVerdict;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A WinRM look-alike on loopback: real sockets, real NTLM, envelopes from whoever plays the host. */
final class FakeHost implements AutoCloseable {
    static final String USER = "vagrant";
    static final String PASSWORD = "vagrant";

    /** Plays the host: an envelope for an envelope. */
    interface Soap {
        Reply answer(String action, String envelope) throws InterruptedException;
    }

    /** @param body null closes the connection instead of answering */
    record Reply(int status, @Nullable String body) {
        static final Reply CUT = new Reply(0, null);
        /** As if nobody had logged on over this connection. */
        static final Reply FORGOTTEN = new Reply(401, "");

        static final Reply EMPTY_400 = new Reply(400, "");
    }

    private final ServerSocket listener;
    private final Soap soap;
    private final Endpoint.Scheme scheme;
    private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger refusedLogons = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    final List<String> actions = new CopyOnWriteArrayList<>();
    private volatile boolean closeAfterEachScript;
    private volatile boolean endsEachAnswer;

    FakeHost(Endpoint.Scheme scheme, Soap soap) {
        this(scheme, soap, ServerSocketFactory.getDefault());
    }

    FakeHost(Endpoint.Scheme scheme, Soap soap, ServerSocketFactory sockets) {
        this.scheme = scheme;
        this.soap = soap;
        try {
            listener = sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    /** Everything the host says ends after so many bytes, and nobody connects afterwards. */
    FakeHost cutAfter(long bytes) {
        budget.set(bytes);
        return this;
    }

    /** Hangs up quietly when a shell has been deleted. */
    FakeHost hangUpAfterDelete() {
        closeAfterEachScript = true;
        return this;
    }

    /** Says after each answer to an envelope that the connection ends, and ends it. */
    FakeHost endingEachAnswer() {
        endsEachAnswer = true;
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port(), false, "/wsman", scheme, true, List.of(), null, true);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (budget.get() <= 0) {
                return;
            }
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            Optional<NtlmSession> session = Optional.empty();
            if (scheme == Endpoint.Scheme.NTLM) {
                session = acceptLogon(in, out);
                if (session.isEmpty()) {
                    return;
                }
            }
            while (true) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                if (scheme == Endpoint.Scheme.BASIC && !request.authorized()) {
                    refusedLogons.incrementAndGet();
                    write(
                            out,
                            head(401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"WSMAN\"\r\n", 0));
                    continue;
                }
                boolean sealed = request.head().contains(EncryptedMultipart.TYPE);
                if (!sealed && scheme == Endpoint.Scheme.NTLM && !(socket instanceof SSLSocket)) {
                    write(out, head(401, "WWW-Authenticate: Negotiate\r\n", 0));
                    continue;
                }
                byte[] plain = sealed ? unseal(request.body(), session.orElseThrow()) : request.body();
                String envelope = new String(plain, UTF_8);
                String action = actionOf(envelope);
                actions.add(action);
                Reply reply = soap.answer(action, envelope);
                if (reply.body() == null) {
                    return;
                }
                if (reply.body().isEmpty()) {
                    write(out, head(reply.status(), "WWW-Authenticate: Negotiate\r\n", 0));
                    continue;
                }
                byte[] body = reply.body().getBytes(UTF_8);
                String type = "Content-Type: " + HttpRequests.SOAP_TYPE + "\r\n";
                if (sealed) {
                    body = EncryptedMultipart.seal(body, session.get());
                    type = "Content-Type: " + EncryptedMultipart.CONTENT_TYPE + "\r\n";
                }
                if (endsEachAnswer) {
                    type += "Connection: close\r\n";
                }
                write(out, concat(head(reply.status(), type, body.length), body));
                if (endsEachAnswer) {
                    return;
                }
                if (closeAfterEachScript && action.equals("Delete")) {
                    return;
                }
            }
        } catch (IOException | NtlmException | InterruptedException e) {
            // The client went away, or the recording is over.
        }
    }

    private Optional<NtlmSession> acceptLogon(InputStream in, OutputStream out) throws IOException, NtlmException {
        NtlmAcceptor acceptor = new NtlmAcceptor(
                (domain, user) ->
                        user.equals(USER) ? Optional.of(NtlmV2.ntHash(PASSWORD.toCharArray())) : Optional.empty(),
                "PS01",
                NtlmAcceptor.standalone("PS01"),
                new Random(7),
                InstantSource.system());
        Request first = read(in);
        if (first == null) {
            return Optional.empty();
        }
        String challenge = Base64.getEncoder().encodeToString(acceptor.challenge(first.token()));
        write(out, head(401, "WWW-Authenticate: Negotiate " + challenge + "\r\n", 0));
        Request second = read(in);
        if (second == null) {
            return Optional.empty();
        }
        if (acceptor.accept(second.token()) instanceof NtlmVerdict.Accepted accepted) {
            write(out, head(200, "", 0));
            return accepted.session();
        }
        refusedLogons.incrementAndGet();
        write(out, head(401, "WWW-Authenticate: Negotiate\r\n", 0));
        return Optional.empty();
    }

    private void write(OutputStream out, byte[] bytes) throws IOException {
        long left = budget.getAndAdd(-bytes.length);
        int count = (int) Math.max(0, Math.min(left, bytes.length));
        out.write(bytes, 0, count);
        out.flush();
        written.addAndGet(count);
        if (count < bytes.length) {
            throw new EOFException("cut on purpose");
        }
    }

    private static byte[] unseal(byte[] body, NtlmSession session) throws NtlmException {
        ByteBuffer plain = EncryptedMultipart.unseal(body, session);
        return Arrays.copyOfRange(plain.array(), plain.position(), plain.limit());
    }

    static String actionOf(String envelope) {
        String after = envelope.substring(envelope.indexOf("Action"));
        String uri = after.substring(after.indexOf('>') + 1, after.indexOf('<'));
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    static byte[] head(int status, String headers, int length) {
        return ("HTTP/1.1 " + status + " \r\n" + headers + "Server: Microsoft-HTTPAPI/2.0\r\nContent-Length: " + length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    record Request(String head, byte[] body) {
        byte[] token() {
            int at = head.indexOf("Authorization: Negotiate ") + "Authorization: Negotiate ".length();
            return Base64.getDecoder().decode(head.substring(at, head.indexOf('\r', at)));
        }

        boolean authorized() {
            String pair = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
            return head.contains("Authorization: Basic " + pair);
        }
    }

    static @Nullable Request read(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int lineEnds = 0; lineEnds < 2; ) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            read.append((char) next);
            if (next != '\r') {
                lineEnds = next == '\n' ? lineEnds + 1 : 0;
            }
        }
        String head = read.toString();
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r", at)));
        return new Request(head, in.readNBytes(length));
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
