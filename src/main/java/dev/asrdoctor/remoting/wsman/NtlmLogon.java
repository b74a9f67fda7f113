package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.ntlm.ChannelBinding;
import dev.asrdoctor.remoting.ntlm.NtlmClient;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
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
final class NtlmLogon implements LogonDialogue {
    private static final String SCHEME = "Negotiate";

    private final Endpoint endpoint;
    private final Identity identity;
    private final byte @Nullable [] channelBinding;
    private final InstantSource clock;
    private final NtlmClient client;
    private boolean presented;

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

    @Override
    public LogonStep first() {
        return new LogonStep.Send(header(client.negotiate()));
    }

    @Override
    public LogonStep next(HttpAnswer answer) {
        if (presented) {
            return verdict(answer);
        }
        if (answer.status() != 401) {
            return new LogonStep.Failed(Statuses.failure(answer, Stage.AUTHENTICATION, endpoint));
        }
        List<AuthChallenge> offers = AuthChallenge.parse(answer.headers().all("WWW-Authenticate"));
        Optional<AuthChallenge> challenge = offers.stream()
                .filter(offer -> offer.scheme().equalsIgnoreCase(SCHEME)
                        && !offer.token().isEmpty())
                .findFirst();
        if (challenge.isEmpty()) {
            return new LogonStep.Failed(new SchemeNotOffered(
                    "NTLM",
                    offers.stream()
                            .map(AuthChallenge::scheme)
                            .map(Words::clean)
                            .distinct()
                            .toList()));
        }
        if (!answer.keepsConnection()) {
            return new LogonStep.Failed(new LogonNotKept(Stage.AUTHENTICATION, Endpoint.Scheme.NTLM.words()));
        }
        return present(challenge.get().token());
    }

    private LogonStep present(String token) {
        try {
            byte[] message = client.authenticate(Base64.getDecoder().decode(token), target());
            if (!endpoint.tls() && client.session().isEmpty()) {
                return new LogonStep.Failed(new SealingNotGranted(Endpoint.Scheme.NTLM.words()));
            }
            presented = true;
            return new LogonStep.Send(header(message));
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

    private LogonStep verdict(HttpAnswer answer) {
        if (answer.status() == 401) {
            return new LogonStep.Failed(
                    Statuses.logonFailed(answer, identity.account(), "NTLM", endpoint.tls(), clock));
        }
        if (answer.status() != 200) {
            return new LogonStep.Failed(Statuses.failure(answer, Stage.AUTHENTICATION, endpoint));
        }
        return new LogonStep.LoggedOn(client.session().map(NtlmSeal::new));
    }

    private static LogonStep malformed(String detail) {
        return new LogonStep.Failed(new MalformedAnswer(Stage.AUTHENTICATION, detail));
    }

    private static String header(byte[] message) {
        return SCHEME + ' ' + Base64.getEncoder().encodeToString(message);
    }
}
