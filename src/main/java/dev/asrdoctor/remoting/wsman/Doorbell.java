package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Finds out who answers at an endpoint, without logging on: name, TCP, TLS, HTTP, and the schemes that are offered. For
 * clients that cannot tell these apart themselves.
 */
public final class Doorbell {
    private final TlsContexts contexts = new TlsContexts();
    private final Dialer dialer;
    private final Duration answerTime;

    /** @param answerTime for the one answer */
    public Doorbell(Duration connectTimeout, Duration answerTime) {
        this.dialer = new Dialer(connectTimeout);
        this.answerTime = answerTime;
    }

    /**
     * Returns where WinRM answers and offers Negotiate or NTLM.
     *
     * @throws RemotingException with the first stage that fails
     */
    public void ring(Endpoint endpoint, Deadline deadline) throws RemotingException, InterruptedException {
        byte[] request = new HttpRequests(endpoint).post(HttpRequests.SOAP_TYPE, null, new byte[0]);
        try (HttpConnection connection = dialer.dial(endpoint, null, deadline)) {
            HttpAnswer answer = Exchange.until(Stage.HTTP, answerTime, deadline).run(connection, request, endpoint);
            if (answer.status() != 401) {
                throw new RemotingException(Statuses.failure(answer, Stage.HTTP, endpoint));
            }
            List<String> offered = AuthChallenge.parse(answer.headers().all("WWW-Authenticate")).stream()
                    .map(AuthChallenge::scheme)
                    .toList();
            if (offered.stream()
                    .noneMatch(scheme -> scheme.equalsIgnoreCase("Negotiate") || scheme.equalsIgnoreCase("NTLM"))) {
                throw new RemotingException(new SchemeNotOffered("Negotiate (NTLM)", offered));
            }
        }
    }

    /** As strict as the own client is with this endpoint. */
    public SSLContext tls(Endpoint endpoint) throws RemotingException {
        return contexts.context(endpoint, null);
    }
}
