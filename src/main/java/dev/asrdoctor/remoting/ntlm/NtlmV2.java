package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;

/** The computations of NTLMv2, shared by client and acceptor (MS-NLMP 3.3.2 and 3.4.5). */
public final class NtlmV2 {
    private static final long SECONDS_FROM_1601_TO_1970 = 11_644_473_600L;

    private NtlmV2() {}

    /** MD4 of the password, which is as good as the password: keep it as secret. */
    public static byte[] ntHash(char[] password) {
        ByteBuffer encoded = ByteBuffer.allocate(password.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (char c : password) {
            encoded.putChar(c);
        }
        byte[] hash = NtlmCrypto.md4(encoded.array());
        Arrays.fill(encoded.array(), (byte) 0);
        return hash;
    }

    /** NTOWFv2: the key of one account in one domain. */
    public static byte[] accountKey(byte[] ntHash, String user, String domain) {
        return NtlmCrypto.hmacMd5(ntHash, (WindowsUpcase.of(user) + domain).getBytes(UTF_16LE));
    }

    /** The blob the client hashes together with the server's challenge; {@code timestamp} and {@code clientChallenge} are 8 bytes. */
    public static byte[] blob(byte[] timestamp, byte[] clientChallenge, TargetInfo targetInfo) {
        byte[] info = targetInfo.encode();
        return ByteBuffer.allocate(28 + info.length + 4)
                .put(new byte[] {1, 1, 0, 0, 0, 0, 0, 0})
                .put(timestamp)
                .put(clientChallenge)
                .putInt(0)
                .put(info)
                .array();
    }

    /** NTProofStr, 16 bytes. */
    public static byte[] proof(byte[] accountKey, byte[] serverChallenge, byte[] blob) {
        return NtlmCrypto.hmacMd5(accountKey, serverChallenge, blob);
    }

    /** The LMv2 response, sent only to servers that do not tell their time. */
    public static byte[] lmResponse(byte[] accountKey, byte[] serverChallenge, byte[] clientChallenge) {
        byte[] response = Arrays.copyOf(NtlmCrypto.hmacMd5(accountKey, serverChallenge, clientChallenge), 24);
        System.arraycopy(clientChallenge, 0, response, 16, 8);
        return response;
    }

    /** SessionBaseKey, in NTLMv2 also the key exchange key. */
    public static byte[] sessionBaseKey(byte[] accountKey, byte[] proof) {
        return NtlmCrypto.hmacMd5(accountKey, proof);
    }

    /** Encrypts a fresh session key under the key exchange key, or decrypts it again. */
    public static byte[] exchangeKey(byte[] sessionBaseKey, byte[] sessionKey) {
        return NtlmCrypto.rc4(sessionBaseKey, sessionKey);
    }

    /** The code over all three messages; the place of the code in the third one counts as zero (MS-NLMP 3.1.5.1.2). */
    public static byte[] mic(byte[] exportedSessionKey, byte[] negotiate, byte[] challenge, byte[] authenticate) {
        byte[] blank = authenticate.clone();
        Arrays.fill(
                blank, AuthenticateMessage.MIC_AT, AuthenticateMessage.MIC_AT + AuthenticateMessage.MIC_LENGTH, (byte)
                        0);
        return NtlmCrypto.hmacMd5(exportedSessionKey, negotiate, challenge, blank);
    }

    /** Tenths of microseconds since 1601, 8 bytes. */
    public static byte[] fileTime(Instant instant) {
        long seconds = instant.getEpochSecond() + SECONDS_FROM_1601_TO_1970;
        return Bytes.le64(seconds * 10_000_000L + instant.getNano() / 100);
    }
}
