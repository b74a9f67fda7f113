package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.ntlm.AvPair;
import dev.asrdoctor.remoting.ntlm.NtlmAcceptor;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import dev.asrdoctor.remoting.ntlm.NtlmV2;
import dev.asrdoctor.remoting.ntlm.NtlmVerdict;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authenticates one connection, which stays authenticated (MS-N2HT); Basic goes with every request. For one thread. */
final class Authenticator {
    private static final int BARE_TYPE_AT = 8;

    private final EndpointSettings settings;
    private final Surroundings surroundings;
    private final LogonLedger ledger;
    private final byte @Nullable [] channelBinding;
    private final boolean encrypted;
    private @Nullable NtlmAcceptor acceptor;
    private @Nullable NtlmSession session;
    private @Nullable String owner;
    private @Nullable String acceptedBasic;

    /** Counts verdicts and may overrule them. */
    interface LogonLedger {
        /** False where a fault is planned to refuse even the right password. */
        boolean allows();

        void refused();
    }

    /** @param channelBinding of the TLS connection; null: there is none */
    Authenticator(
            EndpointSettings settings,
            Surroundings surroundings,
            LogonLedger ledger,
            byte @Nullable [] channelBinding) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.channelBinding = channelBinding;
        this.encrypted = channelBinding != null;
    }

    boolean authenticated() {
        return owner != null;
    }

    Admission admit(HttpRequest request, Set<Scheme> schemes) {
        String authorization = request.header("authorization");
        if (authorization == null) {
            return owner == null ? refusal(schemes) : payload(request, owner, schemes);
        }
        int space = authorization.indexOf(' ');
        String scheme = (space < 0 ? authorization : authorization.substring(0, space)).toLowerCase(Locale.ROOT);
        String value = space < 0 ? "" : authorization.substring(space + 1).strip();
        return switch (scheme) {
            case "basic" -> basic(request, value, schemes);
            case "negotiate" -> negotiate(request, value, schemes);
            default -> refusal(schemes);
        };
    }

    private Admission basic(HttpRequest request, String value, Set<Scheme> schemes) {
        if (!schemes.contains(Scheme.BASIC) || !(encrypted || settings.logon().allowUnencrypted())) {
            return refusal(schemes);
        }
        byte[] decoded = decode(value);
        String pair = decoded == null ? "" : text(decoded);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return refusal(schemes);
        }
        String name = pair.substring(0, colon);
        int slash = name.indexOf('\\');
        String domain = slash < 0 ? "" : name.substring(0, slash);
        String user = slash < 0 ? name : name.substring(slash + 1);
        if (!value.equals(acceptedBasic)) {
            Account account = find(domain, user);
            boolean fits = account != null && account.password().equals(pair.substring(colon + 1));
            if (!verdict(fits, user)) {
                return refusal(schemes);
            }
            acceptedBasic = value;
        }
        return new Admission.Admitted(user, request.body(), false);
    }

    private Admission negotiate(HttpRequest request, String value, Set<Scheme> schemes) {
        byte[] token = decode(value);
        if (!schemes.contains(Scheme.NEGOTIATE) || token == null) {
            return refusal(schemes);
        }
        try {
            return Spnego.isBare(token) ? bare(request, token, schemes) : wrapped(request, token, schemes);
        } catch (NtlmException e) {
            forget();
            return refusal(schemes);
        }
    }

    private Admission bare(HttpRequest request, byte[] message, Set<Scheme> schemes) throws NtlmException {
        if (message[BARE_TYPE_AT] == 1) {
            return new Admission.Answered(HttpAnswer.challenge(encode(challenge(message))));
        }
        return logOn(message) ? accepted(request, schemes, null) : refusal(schemes);
    }

    private Admission wrapped(HttpRequest request, byte[] bytes, Set<Scheme> schemes) throws NtlmException {
        Spnego.Token token = Spnego.read(bytes);
        byte[] message = token.message();
        if (token.first() && message == null) {
            return new Admission.Answered(HttpAnswer.challenge(encode(Spnego.challenge(null))));
        }
        if (message == null || !Spnego.isBare(message)) {
            throw new NtlmException("a SPNEGO token carries no NTLM message");
        }
        if (message[BARE_TYPE_AT] == 1) {
            return new Admission.Answered(HttpAnswer.challenge(encode(Spnego.challenge(challenge(message)))));
        }
        if (!logOn(message)) {
            return refusal(schemes);
        }
        return accepted(request, schemes, encode(Spnego.completed()));
    }

    private byte[] challenge(byte[] message) throws NtlmException {
        forget();
        String name = settings.host().computerName();
        NtlmAcceptor fresh = new NtlmAcceptor(
                this::ntHash, name, NtlmAcceptor.standalone(name), surroundings.random(), surroundings.clock());
        byte[] challenge = fresh.challenge(message);
        acceptor = fresh;
        return challenge;
    }

    private Optional<byte[]> ntHash(String domain, String user) {
        return Optional.ofNullable(find(domain, user))
                .map(account -> NtlmV2.ntHash(account.password().toCharArray()));
    }

    private boolean logOn(byte[] message) throws NtlmException {
        NtlmAcceptor asked = acceptor;
        acceptor = null;
        if (asked == null) {
            throw new NtlmException("message 3 of NTLM without the messages before it");
        }
        return switch (asked.accept(message)) {
            case NtlmVerdict.Refused refused -> {
                // Who came without a name has harmed no account.
                if (refused.reason() != NtlmVerdict.Reason.ANONYMOUS) {
                    verdict(false, refused.user());
                }
                yield false;
            }
            case NtlmVerdict.Accepted accepted -> {
                if (!bindingFits(accepted) || !verdict(true, accepted.user())) {
                    yield false;
                }
                session = accepted.session().orElse(null);
                String domain = accepted.domain();
                boolean local = domain.isEmpty() || domain.equals(".");
                owner = (local ? settings.host().computerName() : domain) + "\\" + accepted.user();
                yield true;
            }
        };
    }

    private boolean bindingFits(NtlmVerdict.Accepted accepted) {
        byte[] expected = channelBinding;
        LogonRules.ChannelBindings rule = settings.logon().channelBindings();
        if (expected == null || rule == LogonRules.ChannelBindings.NONE) {
            return true;
        }
        byte[] sent = accepted.bound().find(AvPair.CHANNEL_BINDINGS).orElse(new byte[16]);
        if (Arrays.equals(sent, new byte[16])) {
            return rule == LogonRules.ChannelBindings.RELAXED;
        }
        return MessageDigest.isEqual(expected, sent);
    }

    private boolean verdict(boolean fits, String user) {
        boolean right = ledger.allows() && fits;
        if (right && settings.accounts().admit(user)) {
            return true;
        }
        if (!right) {
            settings.accounts().refuse(user);
        }
        ledger.refused();
        return false;
    }

    private @Nullable Account find(String domain, String user) {
        return settings.accounts().find(domain, user, settings.host().computerName());
    }

    private Admission accepted(HttpRequest request, Set<Scheme> schemes, @Nullable String token) {
        String who = owner;
        if (request.body().length > 0 && who != null) {
            return payload(request, who, schemes);
        }
        HttpAnswer empty = HttpAnswer.empty(200, false);
        return new Admission.Answered(
                token == null
                        ? empty
                        : new HttpAnswer(
                                200, "", List.of("WWW-Authenticate: Negotiate " + token), empty.body(), false));
    }

    private Admission payload(HttpRequest request, String who, Set<Scheme> schemes) {
        if (!Sealing.is(request.header("content-type"))) {
            return encrypted || settings.logon().allowUnencrypted()
                    ? new Admission.Admitted(who, request.body(), false)
                    : refusal(schemes);
        }
        NtlmSession current = session;
        if (current == null) {
            return refusal(schemes);
        }
        try {
            return new Admission.Admitted(who, Sealing.open(request.body(), current), true);
        } catch (NtlmException e) {
            forget();
            return new Admission.Answered(HttpAnswer.empty(400, true));
        }
    }

    byte[] seal(byte[] answer) {
        NtlmSession current = session;
        if (current == null) {
            throw new IllegalStateException("nothing to seal with");
        }
        return Sealing.close(answer, current);
    }

    private Admission refusal(Set<Scheme> schemes) {
        return new Admission.Answered(HttpAnswer.unauthorized(schemes));
    }

    private void forget() {
        acceptor = null;
        session = null;
        owner = null;
    }

    /** Clients differ in how they encode names and passwords, so either is taken. */
    private static String text(byte[] bytes) {
        String utf8 = new String(bytes, UTF_8);
        return Arrays.equals(utf8.getBytes(UTF_8), bytes) ? utf8 : new String(bytes, ISO_8859_1);
    }

    private static byte @Nullable [] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String encode(byte[] token) {
        return Base64.getEncoder().encodeToString(token);
    }
}
