package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * Seals and unseals the messages of one connection in both directions, with extended session security (MS-NLMP 3.4.4.2
 * and 3.4.5). Each direction has its own keys, cipher state and sequence number, so every message must be taken exactly
 * once and in order. For one thread at a time.
 */
public final class NtlmSession {
    public static final int SIGNATURE_LENGTH = 16;

    private static final String CLIENT = "session key to client-to-server ";
    private static final String SERVER = "session key to server-to-client ";

    private final Direction outgoing;
    private final Direction incoming;

    private NtlmSession(byte[] exportedSessionKey, int flags, String out, String in) {
        outgoing = new Direction(exportedSessionKey, flags, out);
        incoming = new Direction(exportedSessionKey, flags, in);
    }

    public static NtlmSession ofClient(byte[] exportedSessionKey, int flags) {
        return new NtlmSession(exportedSessionKey, flags, CLIENT, SERVER);
    }

    public static NtlmSession ofAcceptor(byte[] exportedSessionKey, int flags) {
        return new NtlmSession(exportedSessionKey, flags, SERVER, CLIENT);
    }

    /** Seals {@code length} bytes where they stand and writes the 16 bytes of their signature to {@code signatureAt} of the same buffer. */
    public void seal(byte[] buffer, int from, int length, int signatureAt) {
        byte[] signature = outgoing.seal(buffer, from, length);
        System.arraycopy(signature, 0, buffer, signatureAt, SIGNATURE_LENGTH);
    }

    /** The signature (16 bytes) followed by the sealed message. */
    public byte[] seal(byte[] plain) {
        byte[] sealed = new byte[SIGNATURE_LENGTH + plain.length];
        System.arraycopy(plain, 0, sealed, SIGNATURE_LENGTH, plain.length);
        seal(sealed, SIGNATURE_LENGTH, plain.length, 0);
        return sealed;
    }

    /**
     * Unseals {@code length} bytes where they stand.
     *
     * @throws NtlmException if the signature at {@code signatureAt} does not hold; the session is then of no more use
     */
    public void unseal(byte[] buffer, int from, int length, int signatureAt) throws NtlmException {
        if (!incoming.unseal(buffer, from, length, signatureAt)) {
            throw new NtlmException(
                    "the signature of a sealed message does not hold: it was changed, lost or came out of order");
        }
    }

    /** The message in {@code sealed}, which is its signature (16 bytes) followed by the sealed bytes. */
    public byte[] unseal(byte[] sealed) throws NtlmException {
        if (sealed.length < SIGNATURE_LENGTH) {
            throw new NtlmException("a sealed message is shorter than its signature");
        }
        byte[] copy = sealed.clone();
        unseal(copy, SIGNATURE_LENGTH, copy.length - SIGNATURE_LENGTH, 0);
        return Arrays.copyOfRange(copy, SIGNATURE_LENGTH, copy.length);
    }

    private static final class Direction {
        private final Mac mac;
        private final Cipher cipher;
        private final boolean encryptsChecksum;
        private int sequence;

        Direction(byte[] key, int flags, String name) {
            mac = NtlmCrypto.hmacMd5(NtlmCrypto.md5(key, magic(name, "signing")));
            cipher = NtlmCrypto.rc4(NtlmCrypto.md5(Arrays.copyOf(key, sealKeyBytes(flags)), magic(name, "sealing")));
            encryptsChecksum = NtlmFlags.has(flags, NtlmFlags.KEY_EXCHANGE);
        }

        private static int sealKeyBytes(int flags) {
            if (NtlmFlags.has(flags, NtlmFlags.KEY_128)) {
                return 16;
            }
            return NtlmFlags.has(flags, NtlmFlags.KEY_56) ? 7 : 5;
        }

        private static byte[] magic(String name, String use) {
            return (name + use + " key magic constant\0").getBytes(US_ASCII);
        }

        byte[] seal(byte[] buffer, int from, int length) {
            byte[] checksum = checksum(buffer, from, length);
            NtlmCrypto.apply(cipher, buffer, from, length);
            return signature(checksum);
        }

        boolean unseal(byte[] buffer, int from, int length, int signatureAt) {
            NtlmCrypto.apply(cipher, buffer, from, length);
            byte[] expected = signature(checksum(buffer, from, length));
            return MessageDigest.isEqual(expected, Bytes.slice(buffer, signatureAt, SIGNATURE_LENGTH));
        }

        private byte[] checksum(byte[] buffer, int from, int length) {
            mac.update(Bytes.le32(sequence));
            mac.update(buffer, from, length);
            return mac.doFinal();
        }

        private byte[] signature(byte[] checksum) {
            byte[] signature = new byte[SIGNATURE_LENGTH];
            Bytes.put32(signature, 0, 1);
            System.arraycopy(checksum, 0, signature, 4, 8);
            if (encryptsChecksum) {
                NtlmCrypto.apply(cipher, signature, 4, 8);
            }
            Bytes.put32(signature, 12, sequence++);
            return signature;
        }
    }
}
