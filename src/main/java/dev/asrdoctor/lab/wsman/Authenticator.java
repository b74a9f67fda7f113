package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.gss.KerberosException;
import dev.asrdoctor.remoting.gss.KerberosService;
import dev.asrdoctor.remoting.ntlm.AvPair;
import dev.asrdoctor.remoting.ntlm.ChannelBinding;
import dev.asrdoctor.remoting.ntlm.NtlmAcceptor;
import dev.asrdoctor.remoting.ntlm.NtlmException;
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
    private static final byte[] NTLM_MARK = "NTLMSSP\0".getBytes(ISO_8859_1);

    /** The object identifier of Kerberos, 1.2.840.113554.1.2.2, in a token. */
    private static final byte[] KERBEROS_MARK = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x12, 1, 2, 2};

    private final EndpointSettings settings;
    private final Surroundings surroundings;
    private final LogonLedger ledger;
    private final byte @Nullable [] channelBinding;
    private final boolean encrypted;
    private @Nullable NtlmAcceptor acceptor;
    private @Nullable Seal seal;
    private @Nullable String owner;
    private @Nullable String acceptedBasic;

    /** Counts verdicts and may overrule them. */
    interface LogonLedger {
        /** False where a fault is planned to refuse even the right password. */
        boolean allows();

        void refused();
    }

    /** @param channelBinding application data of the TLS connection's; null: there is none */
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
            case "kerberos" -> kerberosAlone(request, value, schemes);
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
        KerberosService service = settings.logon().kerberos();
        if (service != null && contains(token, KERBEROS_MARK) && !contains(token, NTLM_MARK)) {
            return kerberos(service, request, token, "Negotiate", schemes);
        }
        try {
            return Spnego.isBare(token) ? bare(request, token, schemes) : wrapped(request, token, schemes);
        } catch (NtlmException e) {
            forget();
            return refusal(schemes);
        }
    }

    private Admission kerberosAlone(HttpRequest request, String value, Set<Scheme> schemes) {
        KerberosService service = settings.logon().kerberos();
        byte[] token = decode(value);
        return service == null || token == null || !schemes.contains(Scheme.KERBEROS)
                ? refusal(schemes)
                : kerberos(service, request, token, "Kerberos", schemes);
    }

    private Admission kerberos(
            KerberosService service, HttpRequest request, byte[] token, String scheme, Set<Scheme> schemes) {
        forget();
        try {
            boolean demands = settings.logon().channelBindings() == LogonRules.ChannelBindings.STRICT;
            KerberosService.Acceptance acceptance = service.accept(demands ? channelBinding : null);
            String answer = scheme + ' ' + encode(acceptance.next(token));
            if (!acceptance.established()) {
                return refusal(schemes);
            }
            String client = acceptance.client();
            int at = client.indexOf('@');
            if (acceptance.delegated() || !verdict(true, client.substring(0, at))) {
                return refusal(schemes);
            }
            seal = new Seal.Kerberos(acceptance, scheme);
            owner = client.substring(at + 1) + "\\" + client.substring(0, at);
            return accepted(request, schemes, answer);
        } catch (KerberosException e) {
            ledger.refused();
            return refusal(schemes);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
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
        return accepted(request, schemes, "Negotiate " + encode(Spnego.completed()));
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
                seal = accepted.session().<Seal>map(Seal.Ntlm::new).orElse(null);
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
        return MessageDigest.isEqual(ChannelBinding.of(expected), sent);
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

    /** @param token scheme and token that end the logon, null for none */
    private Admission accepted(HttpRequest request, Set<Scheme> schemes, @Nullable String token) {
        String who = owner;
        if (request.body().length > 0 && who != null) {
            Admission admission = payload(request, who, schemes);
            return admission instanceof Admission.Admitted admitted && token != null
                    ? new Admission.Admitted(
                            admitted.owner(), admitted.payload(), admitted.sealed(), "WWW-Authenticate: " + token)
                    : admission;
        }
        HttpAnswer empty = HttpAnswer.empty(200, false);
        return new Admission.Answered(
                token == null
                        ? empty
                        : new HttpAnswer(200, "", List.of("WWW-Authenticate: " + token), empty.body(), false));
    }

    private Admission payload(HttpRequest request, String who, Set<Scheme> schemes) {
        if (!Sealing.is(request.header("content-type"))) {
            return encrypted || settings.logon().allowUnencrypted()
                    ? new Admission.Admitted(who, request.body(), false)
                    : refusal(schemes);
        }
        Seal current = seal;
        if (current == null) {
            return refusal(schemes);
        }
        try {
            return new Admission.Admitted(who, current.open(request.body()), true);
        } catch (Seal.BrokenSealException e) {
            forget();
            return new Admission.Answered(HttpAnswer.empty(400, true));
        }
    }

    byte[] seal(byte[] answer) {
        return current().close(answer);
    }

    /** The content type of sealed answers. */
    String sealedType() {
        return current().contentType();
    }

    private Seal current() {
        Seal current = seal;
        if (current == null) {
            throw new IllegalStateException("nothing to seal with");
        }
        return current;
    }

    private Admission refusal(Set<Scheme> schemes) {
        return new Admission.Answered(HttpAnswer.unauthorized(schemes));
    }

    private void forget() {
        acceptor = null;
        seal = null;
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
