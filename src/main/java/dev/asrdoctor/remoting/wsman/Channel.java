package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.LoggedOn;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ClearTextRefused;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.wsman.MessageSeal.SealException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One authenticated connection that carries envelopes, sealed where they have to be. For one thread at a time. */
final class Channel implements Carrier, AutoCloseable {
    private final HttpConnection connection;
    private final HttpRequests requests;
    private final Endpoint endpoint;
    private final LogonAttempt attempt;
    private final Scheme scheme;
    private final String account;
    private final @Nullable String authorization;
    private final @Nullable MessageSeal sealing;
    private final InstantSource clock;

    /**
     * @param authorization header for every request, null where the connection itself is logged on
     * @param sealing null where messages travel as they are
     */
    Channel(
            HttpConnection connection,
            HttpRequests requests,
            Endpoint endpoint,
            LogonAttempt attempt,
            Scheme scheme,
            String account,
            @Nullable String authorization,
            @Nullable MessageSeal sealing,
            InstantSource clock) {
        this.connection = connection;
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
        byte[] plain = envelope.getBytes(UTF_8);
        try {
            byte[] request = sealing == null
                    ? requests.post(HttpRequests.SOAP_TYPE, authorization, plain)
                    : requests.post(sealing.contentType(), null, sealing.seal(plain));
            HttpAnswer answer = exchange.run(connection, request, endpoint);
            return understand(answer, messageId, exchange.stage());
        } catch (MalformedEnvelopeException | SealException e) {
            connection.close();
            throw new RemotingException(new MalformedAnswer(exchange.stage(), String.valueOf(e.getMessage())), e);
        }
    }

    private WsmanAnswer understand(HttpAnswer answer, String messageId, Stage stage)
            throws RemotingException, MalformedEnvelopeException, SealException {
        if (answer.status() == 401) {
            connection.close();
            throw new RemotingException(unauthorised(answer, stage));
        }
        if (sealing != null && answer.hasType(EncryptedMultipart.TYPE)) {
            return EnvelopeReader.read(sealing.unseal(answer.body()), messageId);
        }
        if (answer.hasType("application/soap+xml") && answer.body().length > 0) {
            if (sealing != null && answer.status() == 200) {
                throw new MalformedEnvelopeException("it is not sealed although the request was");
            }
            attempt.accepted();
            return EnvelopeReader.read(ByteBuffer.wrap(answer.body()), messageId);
        }
        if (answer.status() == 500 && answer.body().length == 0) {
            if (sealing == null && !endpoint.tls()) {
                throw new RemotingException(new ClearTextRefused(stage));
            }
            throw new MalformedEnvelopeException("HTTP 500 without an explanation");
        }
        throw new RemotingException(Statuses.failure(answer, stage, endpoint));
    }

    private RemotingFailure unauthorised(HttpAnswer answer, Stage stage) {
        if (authorization == null) {
            return sealing == null && !endpoint.tls() ? new ClearTextRefused(stage) : new ConnectionCut(stage, 0);
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

    LoggedOn loggedOn() {
        return new LoggedOn(scheme, attempt.inVain());
    }

    /** True while the next request can be sent over this connection. */
    boolean usable() {
        return connection.usable();
    }

    @Override
    public void close() {
        connection.close();
        attempt.abandoned();
    }
}
