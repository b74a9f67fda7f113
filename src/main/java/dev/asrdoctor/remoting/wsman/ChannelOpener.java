package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.KerberosTrouble;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.BasicNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.CertificateNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.CredentialDoesNotFit;
import dev.asrdoctor.remoting.RemotingFailure.KerberosFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.gss.KerberosException;
import dev.asrdoctor.remoting.gss.KerberosLogins;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Opens authenticated connections to one endpoint, with the first of the allowed schemes that works. */
final class ChannelOpener {
    private static final byte[] NOTHING = new byte[0];

    /** Windows maps the client certificate of the TLS connection to an account where a request says this. */
    private static final String MUTUAL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

    private final Endpoint endpoint;
    private final Logon logon;
    private final Dialer dialer;
    private final KerberosLogins kerberos;
    private final WsmanSettings settings;
    private final HttpRequests requests;

    ChannelOpener(Endpoint endpoint, Logon logon, Dialer dialer, KerberosLogins kerberos, WsmanSettings settings) {
        this.endpoint = endpoint;
        this.logon = logon;
        this.dialer = dialer;
        this.kerberos = kerberos;
        this.settings = settings;
        this.requests = new HttpRequests(endpoint);
    }

    Channel open(Deadline deadline) throws RemotingException, InterruptedException {
        List<Scheme> schemes = endpoint.schemes();
        if (schemes.size() == 1) {
            throwIfAny(unsafe(schemes.getFirst()));
        }
        // TLS needs the client's key before the account would otherwise be asked for.
        return schemes.contains(Scheme.CERTIFICATE) ? openAs(logon.begin(), null, deadline) : openAnonymous(deadline);
    }

    private Channel openAnonymous(Deadline deadline) throws RemotingException, InterruptedException {
        HttpConnection connection = dialer.dial(endpoint, null, deadline);
        Identity identity;
        try {
            identity = logon.begin();
        } catch (RemotingException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return openAs(identity, connection, deadline);
    }

    private Channel openAs(Identity identity, @Nullable HttpConnection dialled, Deadline deadline)
            throws RemotingException, InterruptedException {
        LogonAttempt attempt = new LogonAttempt(logon);
        HttpConnection connection = dialled;
        try {
            List<Scheme> schemes = endpoint.schemes();
            String header = KerberosLogon.NEGOTIATE;
            while (true) {
                Scheme scheme = schemes.get(attempt.inVain().size());
                if (connection == null || !connection.usable()) {
                    if (connection != null) {
                        connection.close();
                    }
                    connection = dialer.dial(endpoint, identity, deadline);
                }
                try {
                    return logOn(scheme, header, connection, identity, attempt, deadline);
                } catch (RemotingException e) {
                    if (scheme == Scheme.KERBEROS
                            && header.equals(KerberosLogon.NEGOTIATE)
                            && e.failure() instanceof SchemeNotOffered other
                            && other.offered().stream().anyMatch(KerberosLogon.KERBEROS::equalsIgnoreCase)) {
                        header = KerberosLogon.KERBEROS;
                        continue;
                    }
                    attempt.inVain(scheme, e.failure());
                    List<NoSchemeWorked.Tried> tried = attempt.inVain();
                    if (tried.size() == schemes.size() || !leavesRoom(e.failure())) {
                        if (refusesAccount(e.failure())) {
                            attempt.refused();
                        }
                        throw tried.size() == 1 ? e : new RemotingException(new NoSchemeWorked(tried), e);
                    }
                }
            }
        } catch (RemotingException | InterruptedException | RuntimeException e) {
            if (connection != null) {
                connection.close();
            }
            attempt.abandoned();
            throw e;
        }
    }

    /** Another scheme may be tried: nobody has judged the password, which is never presented again after a refusal. */
    private static boolean leavesRoom(RemotingFailure failure) {
        return switch (failure) {
            case KerberosFailed failed -> !failed.trouble().judgesAccount();
            case LogonFailed failed -> failed.scheme().equals(Scheme.KERBEROS.words());
            case SchemeNotOffered ignored -> true;
            case CredentialDoesNotFit ignored -> true;
            case SealingNotGranted ignored -> true;
            default -> false;
        };
    }

    private static boolean refusesAccount(RemotingFailure failure) {
        return failure instanceof LogonFailed
                || (failure instanceof KerberosFailed failed && failed.trouble().judgesAccount() && !failed.repeated());
    }

    private Optional<RemotingFailure> unsafe(Scheme scheme) {
        if (endpoint.tls()) {
            return Optional.empty();
        }
        return switch (scheme) {
            case BASIC -> endpoint.allowBasicOverHttp() ? Optional.empty() : Optional.of(new BasicNeedsTls());
            case CERTIFICATE -> Optional.of(new CertificateNeedsTls());
            case KERBEROS, NTLM -> Optional.empty();
        };
    }

    private static Optional<RemotingFailure> unfit(Scheme scheme, Identity identity) {
        boolean fits = switch (scheme) {
            case KERBEROS -> !(identity.proof() instanceof Proof.ClientCertificate);
            case CERTIFICATE -> identity.proof() instanceof Proof.ClientCertificate;
            case NTLM, BASIC -> identity.proof() instanceof Proof.Password;
        };
        return fits
                ? Optional.empty()
                : Optional.of(new CredentialDoesNotFit(
                        scheme.words(), identity.account(), identity.proof().words()));
    }

    private static void throwIfAny(Optional<RemotingFailure> failure) throws RemotingException {
        if (failure.isPresent()) {
            throw new RemotingException(failure.get());
        }
    }

    private Channel logOn(
            Scheme scheme,
            String header,
            HttpConnection connection,
            Identity identity,
            LogonAttempt attempt,
            Deadline deadline)
            throws RemotingException, InterruptedException {
        throwIfAny(unsafe(scheme));
        throwIfAny(unfit(scheme, identity));
        return switch (scheme) {
            case BASIC -> channel(scheme, connection, attempt, identity, basic(identity), null);
            case CERTIFICATE -> channel(scheme, connection, attempt, identity, MUTUAL, null);
            case NTLM -> {
                NtlmLogon dialogue = new NtlmLogon(
                        endpoint, identity, connection.channelBinding(), settings.random(), settings.clock());
                MessageSeal seal = converse(scheme, dialogue, dialogue.first(), connection, deadline);
                yield channel(scheme, connection, attempt, identity, null, seal);
            }
            case KERBEROS -> {
                MessageSeal seal = kerberos(header, connection, identity, deadline);
                yield channel(scheme, connection, attempt, identity, null, seal);
            }
        };
    }

    private Channel channel(
            Scheme scheme,
            HttpConnection connection,
            LogonAttempt attempt,
            Identity identity,
            @Nullable String authorization,
            @Nullable MessageSeal sealing) {
        return new Channel(
                connection,
                deadline -> dialer.dial(endpoint, identity, deadline),
                requests,
                endpoint,
                attempt,
                scheme,
                identity.account(),
                authorization,
                sealing,
                settings.clock());
    }

    private @Nullable MessageSeal kerberos(
            String header, HttpConnection connection, Identity identity, Deadline deadline)
            throws RemotingException, InterruptedException {
        Subject subject = tickets(identity, deadline);
        KerberosLogon dialogue =
                new KerberosLogon(endpoint, identity, subject, connection.channelBinding(), header, settings.clock());
        try {
            LogonStep first = within(deadline, identity, dialogue::first);
            if (first instanceof LogonStep.Failed failed
                    && failed.failure() instanceof KerberosFailed trouble
                    && trouble.trouble() == KerberosTrouble.CLOCK_SKEW) {
                throw new RemotingException(withSkew(trouble, connection, deadline));
            }
            return converse(Scheme.KERBEROS, dialogue, first, connection, deadline);
        } catch (RemotingException | InterruptedException | RuntimeException e) {
            dialogue.close();
            throw e;
        }
    }

    private Subject tickets(Identity identity, Deadline deadline) throws RemotingException, InterruptedException {
        try {
            return kerberos.subject(identity, endpoint.access().kerberos(), sooner(deadline));
        } catch (KerberosException e) {
            throw new RemotingException(
                    KerberosLogon.failure(
                            identity, "", e.trouble(), String.valueOf(e.getMessage()), Optional.empty(), e.repeated()),
                    e);
        } catch (TimeoutException e) {
            throw new RemotingException(unreachable(identity), e);
        }
    }

    /** A domain controller that does not answer would otherwise hold a server for as long as Java likes. */
    private LogonStep within(Deadline deadline, Identity identity, java.util.concurrent.Callable<LogonStep> call)
            throws RemotingException, InterruptedException {
        FutureTask<LogonStep> task = new FutureTask<>(call);
        Thread.ofVirtual().name("kerberos ticket").start(task);
        try {
            return task.get(Math.max(1, sooner(deadline).remaining().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RemotingException(unreachable(identity), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Deadline sooner(Deadline deadline) {
        Deadline patience = Deadline.after(settings.operationTimeout().plus(settings.answerMargin()));
        return patience.nanoTime() - deadline.nanoTime() < 0 ? patience : deadline;
    }

    private static KerberosFailed unreachable(Identity identity) {
        return KerberosLogon.failure(
                identity, "", KerberosTrouble.KDC_UNREACHABLE, "no answer in time", Optional.empty(), false);
    }

    /** The domain says that the clocks differ; the server's own is told by whatever it answers. */
    private KerberosFailed withSkew(KerberosFailed failed, HttpConnection connection, Deadline deadline)
            throws InterruptedException {
        Optional<Duration> skew;
        try {
            HttpAnswer answer = authentication(deadline)
                    .run(connection, requests.post(HttpRequests.SOAP_TYPE, null, NOTHING), endpoint);
            skew = Statuses.skew(answer, settings.clock());
        } catch (RemotingException e) {
            skew = Optional.empty();
        }
        return new KerberosFailed(
                failed.account(), failed.service(), failed.trouble(), failed.detail(), skew, failed.repeated());
    }

    private Exchange authentication(Deadline deadline) {
        return Exchange.until(
                Stage.AUTHENTICATION, settings.operationTimeout().plus(settings.answerMargin()), deadline);
    }

    private @Nullable MessageSeal converse(
            Scheme scheme, LogonDialogue dialogue, LogonStep first, HttpConnection connection, Deadline deadline)
            throws RemotingException, InterruptedException {
        LogonStep step = first;
        while (true) {
            switch (step) {
                case LogonStep.Send send -> {
                    byte[] request = requests.post(HttpRequests.SOAP_TYPE, send.authorization(), NOTHING);
                    HttpAnswer answer = authentication(deadline).run(connection, request, endpoint);
                    step = dialogue.next(answer);
                    if (connection.ended() && !(step instanceof LogonStep.Failed)) {
                        throw new RemotingException(new LogonNotKept(Stage.AUTHENTICATION, scheme.words()));
                    }
                }
                case LogonStep.LoggedOn loggedOn -> {
                    return endpoint.tls() ? null : loggedOn.seal().orElseThrow();
                }
                case LogonStep.Failed failed -> throw new RemotingException(failed.failure());
            }
        }
    }

    private static String basic(Identity identity) {
        // Basic knows accounts of the server itself alone, which need no domain.
        String account = identity.domain().equals(".") ? identity.user() : identity.account();
        String pair = account + ':' + new String(identity.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
