package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.RemotingFailure.TlsOnPlainPort;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLException;

/**
 * When one request must be answered.
 *
 * @param answerBy when this answer must be there
 * @param deadline when everything must be over, never before {@code answerBy}
 */
record Exchange(Stage stage, Deadline answerBy, Deadline deadline) {
    private static final Duration ROUNDING = Duration.ofMillis(5);

    static Exchange until(Stage stage, Duration patience, Deadline deadline) {
        Deadline answerBy = Deadline.after(patience);
        return new Exchange(stage, answerBy.nanoTime() - deadline.nanoTime() < 0 ? answerBy : deadline, deadline);
    }

    /** Sends a request and waits for its answer; whatever goes wrong closes the connection and becomes a failure in words. */
    HttpAnswer run(HttpConnection connection, byte[] request, Endpoint endpoint)
            throws RemotingException, InterruptedException {
        return run(connection, new ArrayDeque<>(List.of(request)), endpoint);
    }

    /** The same for a request in pieces, which are taken out as they are sent. */
    HttpAnswer run(HttpConnection connection, Queue<byte[]> request, Endpoint endpoint)
            throws RemotingException, InterruptedException {
        Interruption.check();
        if (deadline.passed()) {
            throw new RemotingException(new DeadlineExceeded(stage, Duration.ZERO));
        }
        long started = System.nanoTime();
        try {
            return connection.exchange(request, answerBy);
        } catch (IOException e) {
            RemotingFailure failure = failure(e, connection, endpoint, Duration.ofNanos(System.nanoTime() - started));
            connection.close();
            Interruption.check();
            throw new RemotingException(failure, e);
        }
    }

    private RemotingFailure failure(IOException e, HttpConnection connection, Endpoint endpoint, Duration waited) {
        Stage reached = connection.exchanges() == 0 ? Stage.HTTP : stage;
        if (e instanceof SocketTimeoutException) {
            return deadline.remaining().compareTo(ROUNDING) < 0
                    ? new DeadlineExceeded(reached, waited)
                    : new NoAnswer(reached, waited);
        }
        if (e instanceof MalformedHttpException malformed) {
            return malformed.isTls() && !endpoint.tls()
                    ? new TlsOnPlainPort(endpoint.port())
                    : new MalformedAnswer(reached, String.valueOf(malformed.getMessage()));
        }
        // In TLS 1.3 a server judges the client only after the client has begun to talk.
        if (reached == Stage.HTTP && endpoint.tls() && (e instanceof SSLException || connection.wantedCertificate())) {
            return TlsTrouble.of(endpoint, e, connection.wantedCertificate());
        }
        return new ConnectionCut(reached, connection.answerBytes(), endpoint.tls());
    }
}
