package dev.asrdoctor.remoting.gss;

import java.util.Arrays;

/**
 * A sealed token of RFC 4121 section 4.2.6.2, and the two parts in which WinRM sends it: what SSPI calls the token, and
 * data of the plain text's length. Everything after the 16 bytes of the header is rotated right by RRC.
 */
public final class WrapToken {
    private static final int HEADER = 16;
    private static final int CONFOUNDER = 16;
    private static final int FLAGS_AT = 2;
    private static final int SEALED = 2;
    private static final int EC_AT = 4;
    private static final int RRC_AT = 6;

    private WrapToken() {}

    /** @param signature 60 bytes with the encryption types of RFC 3962, 64 or 72 with those of RFC 8009 */
    public record Parts(byte[] signature, byte[] data) {}

    /**
     * Splits a token that was not rotated so that its data part is as long as the plain text.
     *
     * @throws KerberosException if it is not a sealed token of this form, as those of RC4 are not
     */
    public static Parts split(byte[] token, int plainLength) throws KerberosException {
        if (!isSealed(token) || uint16(token, RRC_AT) != 0) {
            throw malformed("the session's encryption is not AES");
        }
        int trailer = token.length - HEADER - CONFOUNDER - plainLength;
        if (trailer < HEADER) {
            throw malformed("a sealed token is shorter than its message");
        }
        byte[] rotated = rotate(token, trailer);
        rotated[RRC_AT] = (byte) (trailer >> 8);
        rotated[RRC_AT + 1] = (byte) trailer;
        int signature = HEADER + trailer + CONFOUNDER;
        return new Parts(Arrays.copyOf(rotated, signature), Arrays.copyOfRange(rotated, signature, rotated.length));
    }

    /** The token in two parts one after the other, however far it was rotated, put back in its own order. */
    public static byte[] join(byte[] sealed) throws KerberosException {
        if (!isSealed(sealed)) {
            throw malformed("a message is not sealed as Kerberos does with AES");
        }
        int length = sealed.length - HEADER;
        int rotation = uint16(sealed, RRC_AT) % length;
        byte[] token = rotate(sealed, length - rotation);
        token[RRC_AT] = 0;
        token[RRC_AT + 1] = 0;
        return token;
    }

    /** How many bytes of filler follow the plain text. */
    public static int filler(byte[] token) {
        return uint16(token, EC_AT);
    }

    private static boolean isSealed(byte[] token) {
        return token.length > HEADER + CONFOUNDER
                && token[0] == 5
                && token[1] == 4
                && (token[FLAGS_AT] & SEALED) != 0
                && (token[3] & 0xff) == 0xff;
    }

    /** Rotates what follows the header to the right. */
    private static byte[] rotate(byte[] token, int by) {
        int length = token.length - HEADER;
        byte[] rotated = token.clone();
        for (int i = 0; i < length; i++) {
            rotated[HEADER + (i + by) % length] = token[HEADER + i];
        }
        return rotated;
    }

    private static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static KerberosException malformed(String detail) {
        return new KerberosException(dev.asrdoctor.remoting.KerberosTrouble.OTHER, detail, null);
    }
}
