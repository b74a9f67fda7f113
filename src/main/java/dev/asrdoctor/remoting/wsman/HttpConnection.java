package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Queue;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection: a request, its whole answer, the next request. For one thread at a time. */
final class HttpConnection implements AutoCloseable {
    private final Socket raw;
    private final Watch.Guard guard;
    private final OutputStream out;
    private final AnswerReader reader;
    private final byte @Nullable [] channelBinding;
    private final boolean wantedCertificate;
    private boolean usable = true;
    private boolean ended;
    private long exchanges;

    /**
     * @param raw the TCP socket below {@code socket}, or the same one without TLS
     * @param guard over {@code raw}
     * @param wantedCertificate the server asked for a client certificate
     * @throws SSLPeerUnverifiedException where TLS came about without a certificate, which it does not
     */
    HttpConnection(Socket raw, Socket socket, Watch.Guard guard, boolean wantedCertificate) throws IOException {
        this.wantedCertificate = wantedCertificate;
        this.raw = raw;
        this.guard = guard;
        this.out = socket.getOutputStream();
        this.reader = new AnswerReader(socket.getInputStream());
        this.channelBinding = socket instanceof SSLSocket secured ? endPoint(secured) : null;
    }

    private static byte @Nullable [] endPoint(SSLSocket socket) throws SSLPeerUnverifiedException {
        try {
            return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? TlsServerEndPoint.of(certificate).orElse(null)
                    : null;
        } catch (GeneralSecurityException e) {
            // A hash that this Java does not know: better unbound than not at all, as servers may allow it.
            return null;
        }
    }

    /** What ties a logon to this TLS connection ({@link TlsServerEndPoint}), null without TLS or where nothing is defined. */
    byte @Nullable [] channelBinding() {
        return channelBinding;
    }

    /**
     * Sends one request and reads its answer.
     *
     * @param request its pieces, of which each is forgotten as soon as it is sent: an answer may be long in coming, and a
     *     script is large
     * @throws SocketTimeoutException when the answer is not there in time
     * @throws java.io.EOFException when the connection ends first
     */
    HttpAnswer exchange(Queue<byte[]> request, Deadline deadline) throws IOException {
        usable = false;
        reader.expect();
        guard.until(deadline);
        try {
            while (!request.isEmpty()) {
                out.write(request.remove());
            }
            out.flush();
            HttpAnswer answer = reader.read();
            exchanges++;
            usable = answer.keepsConnection();
            ended = !usable;
            return answer;
        } catch (IOException e) {
            throw guard.cut() ? new SocketTimeoutException("the answer is not there in time") : e;
        } finally {
            guard.rest();
        }
    }

    /** Nothing is under way and both sides want to go on. */
    boolean usable() {
        return usable && !raw.isClosed();
    }

    /** The other side has answered and said that it ends the connection, so that the next request may go over another one. */
    boolean ended() {
        return ended;
    }

    boolean wantedCertificate() {
        return wantedCertificate;
    }

    /** How many answers have come over this connection. */
    long exchanges() {
        return exchanges;
    }

    /** How many bytes of the answer in progress have arrived. */
    long answerBytes() {
        return usable ? 0 : reader.answerBytes();
    }

    /** Closes the TCP socket at once: saying goodbye in TLS could block. */
    @Override
    public void close() {
        usable = false;
        guard.close();
        try {
            raw.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
