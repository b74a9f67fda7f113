package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.gss.KerberosContext;
import dev.asrdoctor.remoting.gss.KerberosException;
import dev.asrdoctor.remoting.gss.KerberosLogins;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Kerberos in one round trip: a raw Kerberos token under the scheme Negotiate, which is what most clients send to WinRM, or
 * under the scheme Kerberos where a server offers nothing else.
 */
final class KerberosLogon implements LogonDialogue {
    static final String NEGOTIATE = "Negotiate";
    static final String KERBEROS = "Kerberos";

    /** What comes of a server that krb5.conf puts into no realm, or into a default one that is another's. */
    private static final Set<KerberosTrouble> NOT_MAPPED =
            Set.of(KerberosTrouble.REALM_UNKNOWN, KerberosTrouble.NO_TICKET, KerberosTrouble.SERVICE_UNKNOWN);

    private final Endpoint endpoint;
    private final Identity identity;
    private final Subject subject;
    private final byte @Nullable [] channelBinding;
    private final InstantSource clock;
    private final String scheme;
    private @Nullable KerberosContext context;

    /**
     * @param subject with the account's tickets, from {@link KerberosLogins}
     * @param scheme {@link #NEGOTIATE} or {@link #KERBEROS}
     */
    KerberosLogon(
            Endpoint endpoint,
            Identity identity,
            Subject subject,
            byte @Nullable [] channelBinding,
            String scheme,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.identity = identity;
        this.subject = subject;
        this.channelBinding = channelBinding;
        this.scheme = scheme;
        this.clock = clock;
    }

    /** Fetches the ticket for the server, which talks to the domain. */
    @Override
    public LogonStep first() {
        try {
            close();
            return new LogonStep.Send(scheme
                    + ' '
                    + Base64.getEncoder().encodeToString(token(endpoint.access().kerberos())));
        } catch (KerberosException e) {
            return new LogonStep.Failed(failure(e, Optional.empty()));
        }
    }

    /**
     * Where the inventory names domain controllers and no realm, they are of the account's realm, and so is the server.
     * Where it names neither, krb5.conf maps the server to a realm; one that it does not map is looked for in the account's.
     */
    private byte[] token(KerberosSettings settings) throws KerberosException {
        String own = KerberosLogins.realm(identity, settings);
        if (settings.realm() != null || !settings.kdcs().isEmpty()) {
            return token(settings, own);
        }
        try {
            return token(settings, null);
        } catch (KerberosException e) {
            if (own == null || !NOT_MAPPED.contains(e.trouble())) {
                throw e;
            }
            close();
            return token(settings, own);
        }
    }

    private byte[] token(KerberosSettings settings, @Nullable String realm) throws KerberosException {
        KerberosContext fresh = KerberosContext.to(
                settings.service(), settings.serviceHostOf(endpoint.host()), realm, subject, channelBinding);
        context = fresh;
        return fresh.first();
    }

    @Override
    public LogonStep next(HttpAnswer answer) {
        KerberosContext current = context;
        if (current == null) {
            throw new IllegalStateException("an answer before the first token");
        }
        if (answer.status() != 200 && answer.status() != 401) {
            return new LogonStep.Failed(Statuses.failure(answer, Stage.AUTHENTICATION, endpoint));
        }
        List<AuthChallenge> offers = AuthChallenge.parse(answer.headers().all("WWW-Authenticate"));
        Optional<String> token = offers.stream()
                .filter(offer -> offer.scheme().equalsIgnoreCase(scheme))
                .map(AuthChallenge::token)
                .filter(text -> !text.isEmpty())
                .findFirst();
        if (token.isEmpty()) {
            return answer.status() == 200 ? failed(noProof()) : refused(answer, offers);
        }
        try {
            current.finish(Base64.getDecoder().decode(token.get()));
        } catch (IllegalArgumentException e) {
            return failed(new MalformedAnswer(Stage.AUTHENTICATION, "the token of " + scheme + " is not base64"));
        } catch (KerberosException e) {
            boolean saysLittle = e.trouble() == KerberosTrouble.OTHER || e.trouble() == KerberosTrouble.GENERIC;
            return failed(
                    answer.status() == 401 && saysLittle
                            ? Statuses.logonFailed(answer, identity.account(), KERBEROS, endpoint.tls(), clock)
                            : failure(e, Statuses.skew(answer, clock)));
        }
        if (answer.status() == 401) {
            return failed(Statuses.logonFailed(answer, identity.account(), KERBEROS, endpoint.tls(), clock));
        }
        if (!endpoint.tls() && !current.seals()) {
            return failed(new SealingNotGranted(Endpoint.Scheme.KERBEROS.words()));
        }
        return new LogonStep.LoggedOn(Optional.of(new KerberosSeal(
                current, scheme.equals(KERBEROS) ? EncryptedMultipart.KERBEROS : EncryptedMultipart.SPNEGO)));
    }

    private LogonStep refused(HttpAnswer answer, List<AuthChallenge> offers) {
        List<String> offered = offers.stream()
                .map(AuthChallenge::scheme)
                .map(Words::clean)
                .distinct()
                .toList();
        return failed(
                offered.stream().anyMatch(scheme::equalsIgnoreCase)
                        ? Statuses.logonFailed(answer, identity.account(), KERBEROS, endpoint.tls(), clock)
                        : new SchemeNotOffered(KERBEROS, offered));
    }

    private KerberosFailed noProof() {
        return failure(
                identity,
                context == null ? "" : context.service(),
                KerberosTrouble.NO_PROOF,
                "",
                Optional.empty(),
                false);
    }

    private KerberosFailed failure(KerberosException e, Optional<Duration> skew) {
        return failure(
                identity,
                context == null ? "" : context.service(),
                e.trouble(),
                String.valueOf(e.getMessage()),
                skew,
                e.repeated());
    }

    static KerberosFailed failure(
            Identity identity,
            String service,
            KerberosTrouble trouble,
            String detail,
            Optional<Duration> skew,
            boolean repeated) {
        return new KerberosFailed(identity.account(), service, trouble, Words.clean(detail), skew, repeated);
    }

    private static LogonStep failed(dev.asrdoctor.remoting.RemotingFailure failure) {
        return new LogonStep.Failed(failure);
    }

    @Override
    public void close() {
        KerberosContext old = context;
        context = null;
        if (old != null) {
            old.close();
        }
    }
}
