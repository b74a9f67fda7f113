package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One HTTP/1.1 connection: a request, its whole answer, the next request. For one thread at a time. */
final class HttpConnection implements AutoCloseable {
    /** Up to this size a request surely fits into the socket's send buffer, so that writing it cannot block. */
    private static final int SMALL_REQUEST = 16 * 1024;

    private final Socket raw;
    private final Socket socket;
    private final OutputStream out;
    private final AnswerReader reader;
    private Deadline answerBy = new Deadline(0);
    private boolean usable = true;
    private long exchanges;

    /** @param raw the TCP socket below {@code socket}, or the same one without TLS */
    HttpConnection(Socket raw, Socket socket) throws IOException {
        this.raw = raw;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.reader = new AnswerReader(new TimedInput(socket.getInputStream()));
    }

    /**
     * Sends one request and reads its answer.
     *
     * @throws SocketTimeoutException when the answer is not there in time
     * @throws java.io.EOFException when the connection ends first
     */
    HttpAnswer exchange(byte[] request, Deadline deadline) throws IOException {
        usable = false;
        answerBy = deadline;
        write(request, deadline);
        HttpAnswer answer = reader.read();
        exchanges++;
        usable = answer.keepsConnection();
        return answer;
    }

    private void write(byte[] request, Deadline deadline) throws IOException {
        if (request.length <= SMALL_REQUEST) {
            out.write(request);
            out.flush();
            return;
        }
        CutAtDeadline cut = new CutAtDeadline(raw, deadline);
        try (cut) {
            out.write(request);
            out.flush();
        } catch (IOException e) {
            throw cut.happened() ? new SocketTimeoutException("the server does not take the request") : e;
        }
    }

    /** Nothing is under way and both sides want to go on. */
    boolean usable() {
        return usable && !raw.isClosed();
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
        try {
            raw.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private final class TimedInput extends InputStream {
        private final InputStream in;

        TimedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            long millis = answerBy.remaining().toMillis();
            if (millis <= 0) {
                throw new SocketTimeoutException("the answer is not there in time");
            }
            socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            return in.read(target, from, count);
        }
    }
}
