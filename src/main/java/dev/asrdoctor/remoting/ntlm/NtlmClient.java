package dev.asrdoctor.remoting.ntlm;

import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one NTLMv2 logon: first {@link #negotiate()}, then {@link #authenticate}, then {@link #session()}
 * if messages are to be sealed. Only NTLMv2 is ever answered. For one logon, by one thread.
 */
public final class NtlmClient {
    /** Windows sets these in its challenge whether they were asked for or not, and wants to see them again. */
    private static final int UNASKED =
            NtlmFlags.REQUEST_TARGET | NtlmFlags.NTLM | NtlmFlags.TARGET_TYPE_SERVER | NtlmFlags.TARGET_TYPE_DOMAIN;

    private static final String THE_SERVER_ITSELF = ".";
    private static final int LONGEST_NAME = 255;

    private final Account account;
    private final int offered;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final byte[] negotiate;
    private @Nullable NtlmSession session;

    /**
     * Who logs on.
     *
     * @param domain empty where the user name carries it or the account is local
     * @param password UTF-16; the caller keeps it and clears it
     * @param workstation may be empty
     */
    public record Account(String domain, String user, char[] password, String workstation) {
        @Override
        public String toString() {
            return domain.isEmpty() ? user : domain + "\\" + user;
        }
    }

    /**
     * What the logon is bound to.
     *
     * @param targetName service principal name such as {@code HTTP/server}, null to leave it out
     * @param channelBinding 16 bytes of {@link ChannelBinding}, null outside of TLS
     */
    public record Target(@Nullable String targetName, byte @Nullable [] channelBinding) {
        public static final Target NONE = new Target(null, null);
    }

    /** @param offered negotiate flags, normally {@link NtlmFlags#CLIENT} */
    public NtlmClient(Account account, int offered, RandomGenerator random, InstantSource clock) {
        this.account = account;
        this.offered = offered;
        this.random = random;
        this.clock = clock;
        this.negotiate = new NegotiateMessage(offered).encode();
    }

    /** Message 1. */
    public byte[] negotiate() {
        return negotiate.clone();
    }

    /**
     * Message 3.
     *
     * @throws NtlmException if the challenge is malformed or grants no NTLMv2
     */
    public byte[] authenticate(byte[] challengeBytes, Target target) throws NtlmException {
        ChallengeMessage challenge = ChallengeMessage.parse(challengeBytes);
        if (challenge.targetInfo().pairs().isEmpty()) {
            throw new NtlmException("the server's challenge has no target information, so it does not offer NTLMv2");
        }
        int flags = challenge.flags() & (offered | UNASKED);
        Optional<byte[]> serverTime =
                challenge.targetInfo().find(AvPair.TIMESTAMP).filter(time -> time.length == 8);
        byte[] clientChallenge = randomBytes(8);
        byte[] blob = NtlmV2.blob(
                serverTime.orElseGet(() -> NtlmV2.fileTime(clock.instant())),
                clientChallenge,
                bind(challenge.targetInfo(), target, serverTime.isPresent()));

        byte[] ntHash = NtlmV2.ntHash(account.password());
        String domain = domain(challenge.targetInfo());
        byte[] accountKey = NtlmV2.accountKey(ntHash, account.user(), domain);
        byte[] proof = NtlmV2.proof(accountKey, challenge.serverChallenge(), blob);
        byte[] baseKey = NtlmV2.sessionBaseKey(accountKey, proof);
        boolean exchangesKey = NtlmFlags.has(flags, NtlmFlags.KEY_EXCHANGE);
        byte[] sessionKey = exchangesKey ? randomBytes(16) : baseKey;

        byte[] message = new AuthenticateMessage(
                        flags,
                        domain,
                        account.user(),
                        account.workstation(),
                        serverTime.isPresent()
                                ? new byte[24]
                                : NtlmV2.lmResponse(accountKey, challenge.serverChallenge(), clientChallenge),
                        concat(proof, blob),
                        exchangesKey ? NtlmV2.exchangeKey(baseKey, sessionKey) : new byte[0])
                .encode();
        if (serverTime.isPresent()) {
            byte[] mic = NtlmV2.mic(sessionKey, negotiate, challengeBytes, message);
            System.arraycopy(mic, 0, message, AuthenticateMessage.MIC_AT, mic.length);
        }
        if (NtlmFlags.has(flags, NtlmFlags.SEALING)) {
            session = NtlmSession.ofClient(sessionKey, flags);
        }
        return message;
    }

    /** {@code .\\user} is an account of the server itself, which goes by the server's own name. */
    private String domain(TargetInfo server) {
        return account.domain().equals(THE_SERVER_ITSELF)
                ? server.text(AvPair.COMPUTER_NAME)
                        .filter(name -> name.length() <= LONGEST_NAME)
                        .orElse("")
                : account.domain();
    }

    /** Empty before {@link #authenticate}, or when the server did not grant sealing with 128 bits. */
    public Optional<NtlmSession> session() {
        return Optional.ofNullable(session);
    }

    /** A server that tells its time also checks the message integrity code, which a promise in the proof protects. */
    private static TargetInfo bind(TargetInfo offered, Target target, boolean mic) {
        TargetInfo info = offered;
        if (mic) {
            int flags = info.find(AvPair.FLAGS)
                    .filter(value -> value.length == 4)
                    .map(value -> Bytes.int32(value, 0))
                    .orElse(0);
            info = info.with(AvPair.FLAGS, Bytes.le32(flags | AvPair.FLAG_MIC));
        }
        if (target.channelBinding() != null) {
            info = info.with(AvPair.CHANNEL_BINDINGS, target.channelBinding());
        }
        if (target.targetName() != null) {
            info = info.with(AvPair.TARGET_NAME, target.targetName());
        }
        return info;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
