package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.LoggedOn;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ClearTextRefused;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.wsman.MessageSeal.SealException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One authenticated connection that carries envelopes, sealed where they have to be. For one thread at a time. */
final class Channel implements Carrier, AutoCloseable {
    private HttpConnection connection;
    private final Redial redial;
    private final HttpRequests requests;
    private final Endpoint endpoint;
    private final LogonAttempt attempt;
    private final Scheme scheme;
    private final String account;
    private final @Nullable String authorization;
    private final @Nullable MessageSeal sealing;
    private final InstantSource clock;
    private boolean understood;

    /** Opens another connection to the same endpoint. */
    @FunctionalInterface
    interface Redial {
        HttpConnection dial(Deadline deadline) throws RemotingException, InterruptedException;
    }

    /**
     * @param redial for where each request proves the account itself, so that they need no common connection
     * @param authorization header for every request, null where the connection itself is logged on
     * @param sealing null where messages travel as they are
     */
    Channel(
            HttpConnection connection,
            Redial redial,
            HttpRequests requests,
            Endpoint endpoint,
            LogonAttempt attempt,
            Scheme scheme,
            String account,
            @Nullable String authorization,
            @Nullable MessageSeal sealing,
            InstantSource clock) {
        this.connection = connection;
        this.redial = redial;
        this.requests = requests;
        this.endpoint = endpoint;
        this.attempt = attempt;
        this.scheme = scheme;
        this.account = account;
        this.authorization = authorization;
        this.sealing = sealing;
        this.clock = clock;
    }

    @Override
    public WsmanAnswer call(String envelope, String messageId, Exchange exchange)
            throws RemotingException, InterruptedException {
        return call(Envelope.of(envelope), messageId, exchange);
    }

    @Override
    public WsmanAnswer call(Envelope envelope, String messageId, Exchange exchange)
            throws RemotingException, InterruptedException {
        if (connection.ended()) {
            goOn(exchange);
        }
        try {
            HttpAnswer answer = exchange.run(connection, request(envelope), endpoint);
            return understand(answer, messageId, exchange.stage());
        } catch (MalformedEnvelopeException | SealException e) {
            connection.close();
            throw new RemotingException(new MalformedAnswer(exchange.stage(), String.valueOf(e.getMessage())), e);
        }
    }

    private Queue<byte[]> request(Envelope envelope) throws SealException {
        return sealing == null
                ? requests.post(HttpRequests.SOAP_TYPE, authorization, envelope.pieces())
                : requests.post(sealing.contentType(), null, List.of(sealing.seal(envelope)));
    }

    /** A close after a whole answer is lawful (RFC 9112, 9.6): the next request goes over another connection. */
    private void goOn(Exchange exchange) throws RemotingException, InterruptedException {
        if (authorization == null) {
            connection.close();
            throw new RemotingException(new LogonNotKept(exchange.stage(), scheme.words()));
        }
        connection.close();
        try {
            connection = redial.dial(exchange.deadline());
        } catch (RemotingException e) {
            // As the stage of what was asked, so that nobody takes it for a server on which nothing has begun.
            throw new RemotingException(
                    e.failure() instanceof DeadlineExceeded late
                            ? new DeadlineExceeded(exchange.stage(), late.waited())
                            : new ConnectionCut(exchange.stage(), 0, endpoint.tls()),
                    e);
        }
    }

    private WsmanAnswer understand(HttpAnswer answer, String messageId, Stage stage)
            throws RemotingException, MalformedEnvelopeException, SealException {
        if (answer.status() == 401) {
            connection.close();
            throw new RemotingException(unauthorised(answer, stage));
        }
        if (sealing != null && EncryptedMultipart.isIn(answer)) {
            return believed(EnvelopeReader.read(sealing.unseal(answer.body()), messageId));
        }
        if (answer.isSoap()) {
            if (sealing != null) {
                throw new MalformedEnvelopeException("it is not sealed although the request was");
            }
            return believed(EnvelopeReader.read(ByteBuffer.wrap(answer.body()), messageId));
        }
        if (answer.status() == 500 && answer.body().length == 0 && sealing == null && !endpoint.tls()) {
            throw new RemotingException(new ClearTextRefused(stage));
        }
        RemotingFailure failure = Statuses.failure(answer, stage, endpoint);
        throw new RemotingException(understood && failure instanceof NotWinRm other ? other.ofWinRm() : failure);
    }

    /** Only who can seal, or answers a request that bore the account, has given a verdict on it. */
    private WsmanAnswer believed(WsmanAnswer answer) {
        understood = true;
        attempt.accepted();
        return answer;
    }

    private RemotingFailure unauthorised(HttpAnswer answer, Stage stage) {
        if (authorization == null) {
            return new LogonNotKept(stage, scheme.words(), true);
        }
        List<String> offered = AuthChallenge.parse(answer.headers().all("WWW-Authenticate")).stream()
                .map(AuthChallenge::scheme)
                .map(Words::clean)
                .distinct()
                .toList();
        if (scheme == Scheme.BASIC && offered.stream().noneMatch("Basic"::equalsIgnoreCase)) {
            return new SchemeNotOffered("Basic", offered);
        }
        attempt.refused();
        return Statuses.logonFailed(answer, account, scheme.words(), endpoint.tls(), clock);
    }

    /** Empty as long as the server has not shown that it takes the account. */
    Optional<LoggedOn> loggedOn() {
        return understood ? Optional.of(new LoggedOn(scheme, attempt.inVain())) : Optional.empty();
    }

    /** The server has answered over it as WinRM does. */
    boolean worked() {
        return understood;
    }

    /** True while the next request can be sent, over this connection or over another one. */
    boolean usable() {
        return connection.usable() || (authorization != null && connection.ended());
    }

    @Override
    public void close() {
        connection.close();
        attempt.abandoned();
    }
}
