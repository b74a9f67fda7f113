package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.BasicNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Opens authenticated connections to one endpoint. */
final class ChannelOpener {
    private static final byte[] NOTHING = new byte[0];

    private final Endpoint endpoint;
    private final Logon logon;
    private final Dialer dialer;
    private final WsmanSettings settings;
    private final HttpRequests requests;

    ChannelOpener(Endpoint endpoint, Logon logon, Dialer dialer, WsmanSettings settings) {
        this.endpoint = endpoint;
        this.logon = logon;
        this.dialer = dialer;
        this.settings = settings;
        this.requests = new HttpRequests(endpoint);
    }

    Channel open(Deadline deadline) throws RemotingException, InterruptedException {
        if (endpoint.scheme() == Scheme.BASIC && !endpoint.tls() && !endpoint.allowBasicOverHttp()) {
            throw new RemotingException(new BasicNeedsTls());
        }
        HttpConnection connection = dialer.dial(endpoint, deadline);
        try {
            Identity identity = logon.begin();
            return logOn(connection, identity, deadline);
        } catch (RemotingException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Channel logOn(HttpConnection connection, Identity identity, Deadline deadline)
            throws RemotingException, InterruptedException {
        LogonAttempt attempt = new LogonAttempt(logon);
        try {
            return switch (endpoint.scheme()) {
                case BASIC -> channel(connection, attempt, identity, basic(identity), null);
                case NTLM ->
                    channel(connection, attempt, identity, null, ntlm(connection, identity, attempt, deadline));
            };
        } catch (RemotingException | InterruptedException | RuntimeException e) {
            attempt.abandoned();
            throw e;
        }
    }

    private Channel channel(
            HttpConnection connection,
            LogonAttempt attempt,
            Identity identity,
            @Nullable String authorization,
            @Nullable NtlmSession sealing) {
        return new Channel(
                connection, requests, endpoint, attempt, identity.account(), authorization, sealing, settings.clock());
    }

    private @Nullable NtlmSession ntlm(
            HttpConnection connection, Identity identity, LogonAttempt attempt, Deadline deadline)
            throws RemotingException, InterruptedException {
        NtlmLogon dialogue =
                new NtlmLogon(endpoint, identity, connection.channelBinding(), settings.random(), settings.clock());
        NtlmLogon.Step step = dialogue.first();
        while (true) {
            switch (step) {
                case NtlmLogon.Step.Send send -> {
                    byte[] request = requests.post(HttpRequests.SOAP_TYPE, send.authorization(), NOTHING);
                    Exchange exchange = Exchange.until(
                            Stage.AUTHENTICATION, settings.operationTimeout().plus(settings.answerMargin()), deadline);
                    step = dialogue.next(exchange.run(connection, request, endpoint));
                }
                case NtlmLogon.Step.LoggedOn loggedOn -> {
                    attempt.accepted();
                    return endpoint.tls() ? null : loggedOn.session().orElseThrow();
                }
                case NtlmLogon.Step.Failed failed -> {
                    if (failed.failure() instanceof LogonFailed) {
                        attempt.refused();
                    }
                    throw new RemotingException(failed.failure());
                }
            }
        }
    }

    private static String basic(Identity identity) {
        String pair = identity.account() + ':' + new String(identity.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
