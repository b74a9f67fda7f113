package dev.asrdoctor.remoting.ntlm;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The server's side of one NTLMv2 logon: first {@link #challenge}, then {@link #accept}. For one connection, by one thread. */
public final class NtlmAcceptor {
    private static final int SUPPORTED = NtlmFlags.UNICODE
            | NtlmFlags.OEM
            | NtlmFlags.SIGN
            | NtlmFlags.SEAL
            | NtlmFlags.ALWAYS_SIGN
            | NtlmFlags.EXTENDED_SESSIONSECURITY
            | NtlmFlags.KEY_128
            | NtlmFlags.KEY_56
            | NtlmFlags.KEY_EXCHANGE;

    private static final int ALWAYS = NtlmFlags.REQUEST_TARGET
            | NtlmFlags.NTLM
            | NtlmFlags.TARGET_TYPE_SERVER
            | NtlmFlags.TARGET_INFO
            | NtlmFlags.VERSION;

    private final Accounts accounts;
    private final String name;
    private final TargetInfo targetInfo;
    private final RandomGenerator random;
    private final InstantSource clock;
    private byte @Nullable [] negotiateBytes;
    private byte @Nullable [] challengeBytes;

    /** The accounts that may log on. */
    public interface Accounts {
        /** {@link NtlmV2#ntHash} of the account's password, empty if there is no such account. Both names come as the client wrote them. */
        Optional<byte[]> ntHash(String domain, String user);
    }

    /**
     * @param name the server's NetBIOS name
     * @param targetInfo what to say of the server; the time is added when a challenge is made
     */
    public NtlmAcceptor(
            Accounts accounts, String name, TargetInfo targetInfo, RandomGenerator random, InstantSource clock) {
        this.accounts = accounts;
        this.name = name;
        this.targetInfo = targetInfo;
        this.random = random;
        this.clock = clock;
    }

    /** The names of a server that belongs to no domain, as Windows gives them. */
    public static TargetInfo standalone(String name) {
        return TargetInfo.EMPTY
                .with(AvPair.DOMAIN_NAME, name)
                .with(AvPair.COMPUTER_NAME, name)
                .with(AvPair.DNS_DOMAIN_NAME, name)
                .with(AvPair.DNS_COMPUTER_NAME, name);
    }

    /** Message 2 for the client's message 1. Its flags mirror the client's: who offers no Unicode gets none. */
    public byte[] challenge(byte[] negotiate) throws NtlmException {
        int offered = NegotiateMessage.parse(negotiate).flags();
        int flags = (offered & SUPPORTED) | ALWAYS;
        if (NtlmFlags.has(flags, NtlmFlags.UNICODE)) {
            flags &= ~NtlmFlags.OEM;
        }
        byte[] serverChallenge = new byte[8];
        random.nextBytes(serverChallenge);
        byte[] message = new ChallengeMessage(
                        flags,
                        name,
                        serverChallenge,
                        targetInfo.with(AvPair.TIMESTAMP, NtlmV2.fileTime(clock.instant())))
                .encode();
        negotiateBytes = negotiate.clone();
        challengeBytes = message;
        return message.clone();
    }

    /** Judges the client's message 3. A second call without a new challenge is refused. */
    public NtlmVerdict accept(byte[] authenticate) throws NtlmException {
        byte[] negotiate = negotiateBytes;
        byte[] challenge = challengeBytes;
        negotiateBytes = null;
        challengeBytes = null;
        if (negotiate == null || challenge == null) {
            throw new NtlmException("message 3 of NTLM without the messages before it");
        }
        return verify(accounts, negotiate, challenge, authenticate);
    }

    /** Judges a whole exchange from its three messages. */
    public static NtlmVerdict verify(Accounts accounts, byte[] negotiate, byte[] challenge, byte[] authenticate)
            throws NtlmException {
        ChallengeMessage asked = ChallengeMessage.parse(challenge);
        AuthenticateMessage answer = AuthenticateMessage.parse(authenticate);
        byte[] response = answer.ntResponse();
        if (answer.user().isEmpty() && response.length == 0) {
            return refused(NtlmVerdict.Reason.ANONYMOUS, answer);
        }
        if (response.length < 16 + 28) {
            return refused(NtlmVerdict.Reason.NTLM_VERSION_1, answer);
        }
        Optional<byte[]> ntHash = accounts.ntHash(answer.domain(), answer.user());
        if (ntHash.isEmpty()) {
            return refused(NtlmVerdict.Reason.UNKNOWN_ACCOUNT, answer);
        }
        byte[] accountKey = NtlmV2.accountKey(ntHash.get(), answer.user(), answer.domain());
        byte[] blob = Arrays.copyOfRange(response, 16, response.length);
        byte[] proof = NtlmV2.proof(accountKey, asked.serverChallenge(), blob);
        if (!MessageDigest.isEqual(proof, Arrays.copyOf(response, 16))) {
            return refused(NtlmVerdict.Reason.WRONG_PASSWORD, answer);
        }
        TargetInfo bound = TargetInfo.parse(Arrays.copyOfRange(blob, 28, blob.length));
        byte[] sessionKey = sessionKey(answer, NtlmV2.sessionBaseKey(accountKey, proof));
        if (bound.promisesMic() && !micHolds(sessionKey, negotiate, challenge, authenticate)) {
            return refused(NtlmVerdict.Reason.WRONG_MIC, answer);
        }
        return new NtlmVerdict.Accepted(
                answer.domain(),
                answer.user(),
                answer.workstation(),
                bound,
                sessionKey,
                NtlmFlags.has(answer.flags(), NtlmFlags.EXTENDED_SESSIONSECURITY | NtlmFlags.SEAL)
                        ? Optional.of(NtlmSession.ofAcceptor(sessionKey, answer.flags()))
                        : Optional.empty());
    }

    private static byte[] sessionKey(AuthenticateMessage answer, byte[] baseKey) throws NtlmException {
        if (!NtlmFlags.has(answer.flags(), NtlmFlags.KEY_EXCHANGE)) {
            return baseKey;
        }
        if (answer.encryptedSessionKey().length != 16) {
            throw new NtlmException("message 3 of NTLM promises a session key and has none");
        }
        return NtlmV2.exchangeKey(baseKey, answer.encryptedSessionKey());
    }

    private static boolean micHolds(byte[] sessionKey, byte[] negotiate, byte[] challenge, byte[] authenticate)
            throws NtlmException {
        int end = AuthenticateMessage.MIC_AT + AuthenticateMessage.MIC_LENGTH;
        if (authenticate.length < end) {
            throw new NtlmException("message 3 of NTLM promises an integrity code and is too short for it");
        }
        return MessageDigest.isEqual(
                NtlmV2.mic(sessionKey, negotiate, challenge, authenticate),
                Arrays.copyOfRange(authenticate, AuthenticateMessage.MIC_AT, end));
    }

    private static NtlmVerdict refused(NtlmVerdict.Reason reason, AuthenticateMessage answer) {
        return new NtlmVerdict.Refused(reason, answer.domain(), answer.user());
    }
}
