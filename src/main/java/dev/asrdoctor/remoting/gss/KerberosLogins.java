package dev.asrdoctor.remoting.gss;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.KerberosSettings;
import dev.asrdoctor.remoting.KerberosTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Logs each account on to its domain once, for all servers together. A refused password is remembered and not presented
 * again; other failures may be tried again after a while. Safe for many threads.
 */
public final class KerberosLogins {
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(3);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<Key, Attempt> attempts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Key(Identity identity, @Nullable String realm) {}

    private record Attempt(FutureTask<Subject> task, Instant since) {}

    public KerberosLogins(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The account's tickets.
     *
     * @throws TimeoutException when the domain has not answered by the deadline
     */
    public Subject subject(Identity identity, KerberosSettings settings, Deadline deadline)
            throws KerberosException, TimeoutException, InterruptedException {
        Key key = new Key(identity, settings.realm());
        boolean mine = false;
        FutureTask<Subject> task;
        lock.lock();
        try {
            Attempt attempt = attempts.get(key);
            if (attempt == null || outlived(attempt)) {
                attempt = new Attempt(new FutureTask<>(() -> logIn(identity, settings)), clock.instant());
                attempts.put(key, attempt);
                mine = true;
                Thread.ofVirtual().name("kerberos login").start(attempt.task());
            }
            task = attempt.task();
        } finally {
            lock.unlock();
        }
        try {
            return task.get(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            KerberosException failure = cause instanceof KerberosException known
                    ? known
                    : KerberosException.of(cause, KerberosTrouble.WRONG_PASSWORD);
            throw mine ? failure : failure.again();
        }
    }

    private boolean outlived(Attempt attempt) {
        return switch (attempt.task().state()) {
            case RUNNING -> false;
            case CANCELLED -> true;
            case SUCCESS -> endsSoon(attempt.task().resultNow());
            case FAILED ->
                !(attempt.task().exceptionNow() instanceof KerberosException known
                                && known.trouble().judgesAccount())
                        && attempt.since().plus(TRY_AGAIN_AFTER).isBefore(clock.instant());
        };
    }

    private boolean endsSoon(Subject subject) {
        Instant soon = clock.instant().plus(RENEW_BEFORE);
        return subject.getPrivateCredentials(KerberosTicket.class).stream()
                .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
                .noneMatch(ticket -> ticket.getEndTime() != null
                        && ticket.getEndTime().toInstant().isAfter(soon));
    }

    private static Subject logIn(Identity identity, KerberosSettings settings) throws KerberosException {
        String realm = realm(identity, settings);
        Optional<String> missing = missing(identity.proof());
        if (missing.isPresent()) {
            throw new KerberosException(KerberosTrouble.NO_TICKET, missing.get(), null);
        }
        boolean changed = KerberosRealms.know(realm, settings.kdcs());
        try {
            return KerberosJaas.logIn(identity, principal(identity, realm), changed);
        } catch (LoginException e) {
            KerberosException failure = KerberosException.of(e, KerberosTrouble.WRONG_PASSWORD);
            throw failure.trouble() == KerberosTrouble.NO_TICKET
                    ? empty(identity.proof(), principal(identity, realm), failure)
                    : failure;
        }
    }

    private static Optional<String> missing(Identity.Proof proof) {
        return switch (proof) {
            case Identity.Proof.Keytab keytab -> unreadable("keytab", keytab.file());
            case Identity.Proof.TicketCache cache ->
                cache.file() == null ? Optional.empty() : unreadable("ticket cache", cache.file());
            case Identity.Proof.Password ignored -> Optional.empty();
            case Identity.Proof.ClientCertificate ignored -> Optional.empty();
        };
    }

    private static Optional<String> unreadable(String what, Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.of("there is no " + what + " " + file);
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of("the " + what + " " + file + " cannot be read");
    }

    /** Java says only that it found nothing, as if it had asked somebody. */
    private static KerberosException empty(Identity.Proof proof, String principal, KerberosException failure) {
        return switch (proof) {
            case Identity.Proof.Keytab keytab ->
                new KerberosException(
                        KerberosTrouble.NO_TICKET,
                        "the keytab " + keytab.file() + " is none, or has no key of " + principal,
                        failure);
            case Identity.Proof.TicketCache cache
            when cache.file() != null ->
                new KerberosException(
                        KerberosTrouble.NO_TICKET,
                        "the ticket cache " + cache.file() + " is none, or has no ticket that is still good",
                        failure);
            default -> failure;
        };
    }

    /** What the settings say, else what the account's name says; null leaves it to krb5.conf. */
    public static @Nullable String realm(Identity identity, KerberosSettings settings) {
        if (settings.realm() != null) {
            return settings.realm();
        }
        int at = identity.user().lastIndexOf('@');
        if (at >= 0) {
            return identity.user().substring(at + 1).toUpperCase(Locale.ROOT);
        }
        // A NetBIOS name is not a realm.
        return identity.domain().indexOf('.') > 0 ? identity.domain().toUpperCase(Locale.ROOT) : null;
    }

    static String principal(Identity identity, @Nullable String realm) {
        int at = identity.user().lastIndexOf('@');
        String user = at < 0 ? identity.user() : identity.user().substring(0, at);
        String escaped = user.replace("\\", "\\\\").replace("/", "\\/").replace("@", "\\@");
        return realm == null ? escaped : escaped + '@' + realm;
    }
}
