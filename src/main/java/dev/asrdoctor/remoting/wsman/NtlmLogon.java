package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.ntlm.ChannelBinding;
import dev.asrdoctor.remoting.ntlm.NtlmClient;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * NTLM under the scheme Negotiate, answer by answer and without I/O. The logon belongs to the connection; the password is
 * presented at most once.
 */
final class NtlmLogon {
    private static final String SCHEME = "Negotiate";

    private final Endpoint endpoint;
    private final Identity identity;
    private final byte @Nullable [] channelBinding;
    private final InstantSource clock;
    private final NtlmClient client;
    private boolean presented;

    /** What to do next. */
    sealed interface Step {
        /** Send a request with an empty body and this Authorization header. */
        record Send(String authorization) implements Step {}

        /** @param session empty over TLS when the server grants no sealing, which is not needed there */
        record LoggedOn(Optional<NtlmSession> session) implements Step {}

        record Failed(RemotingFailure failure) implements Step {}
    }

    /** @param channelBinding application data of the TLS connection's, null without */
    NtlmLogon(
            Endpoint endpoint,
            Identity identity,
            byte @Nullable [] channelBinding,
            RandomGenerator random,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.identity = identity;
        this.channelBinding = channelBinding;
        this.clock = clock;
        this.client = new NtlmClient(
                new NtlmClient.Account(identity.domain(), identity.user(), identity.password(), ""),
                NtlmFlags.CLIENT,
                random,
                clock);
    }

    Step.Send first() {
        return new Step.Send(header(client.negotiate()));
    }

    Step next(HttpAnswer answer) {
        if (presented) {
            return verdict(answer);
        }
        if (answer.status() != 401) {
            return new Step.Failed(Statuses.failure(answer, Stage.AUTHENTICATION, endpoint));
        }
        List<AuthChallenge> offers = AuthChallenge.parse(answer.headers().all("WWW-Authenticate"));
        Optional<AuthChallenge> challenge = offers.stream()
                .filter(offer -> offer.scheme().equalsIgnoreCase(SCHEME)
                        && !offer.token().isEmpty())
                .findFirst();
        if (challenge.isEmpty()) {
            return new Step.Failed(new SchemeNotOffered(
                    "NTLM",
                    offers.stream()
                            .map(AuthChallenge::scheme)
                            .map(Words::clean)
                            .distinct()
                            .toList()));
        }
        if (!answer.keepsConnection()) {
            return new Step.Failed(new ConnectionCut(Stage.AUTHENTICATION, 0));
        }
        return present(challenge.get().token());
    }

    private Step present(String token) {
        try {
            byte[] message = client.authenticate(Base64.getDecoder().decode(token), target());
            if (!endpoint.tls() && client.session().isEmpty()) {
                return new Step.Failed(new SealingNotGranted());
            }
            presented = true;
            return new Step.Send(header(message));
        } catch (IllegalArgumentException e) {
            return malformed("the token of Negotiate is not base64");
        } catch (NtlmException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    private NtlmClient.Target target() {
        return new NtlmClient.Target(
                "HTTP/" + endpoint.host(), channelBinding == null ? null : ChannelBinding.of(channelBinding));
    }

    private Step verdict(HttpAnswer answer) {
        if (answer.status() == 401) {
            return new Step.Failed(Statuses.logonFailed(answer, identity.account(), "NTLM", endpoint.tls(), clock));
        }
        if (answer.status() != 200) {
            return new Step.Failed(Statuses.failure(answer, Stage.AUTHENTICATION, endpoint));
        }
        return new Step.LoggedOn(client.session());
    }

    private static Step malformed(String detail) {
        return new Step.Failed(new MalformedAnswer(Stage.AUTHENTICATION, detail));
    }

    private static String header(byte[] message) {
        return SCHEME + ' ' + Base64.getEncoder().encodeToString(message);
    }
}
