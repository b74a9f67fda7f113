package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wraps sealed messages as {@code multipart/encrypted} and takes them out again (MS-WSMV 2.2.9.1). */
final class Sealing {
    static final String CONTENT_TYPE =
            "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"";

    private static final Pattern LENGTH = Pattern.compile("Length=([0-9]{1,9})");
    private static final byte[] OCTET_STREAM = "application/octet-stream\r\n".getBytes(US_ASCII);
    private static final int SIGNATURE_AT = 4;
    private static final int DATA_AT = SIGNATURE_AT + NtlmSession.SIGNATURE_LENGTH;

    private Sealing() {}

    static boolean is(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/encrypted");
    }

    static byte[] open(byte[] multipart, NtlmSession session) throws NtlmException {
        int octets = indexOf(multipart, OCTET_STREAM);
        if (octets < 0) {
            throw new NtlmException("a sealed body has no application/octet-stream part");
        }
        Matcher said = LENGTH.matcher(new String(multipart, 0, octets, ISO_8859_1));
        int start = octets + OCTET_STREAM.length;
        if (!said.find() || start + DATA_AT > multipart.length) {
            throw new NtlmException("a sealed body is cut short");
        }
        int length = Integer.parseInt(said.group(1));
        int end = start + DATA_AT + length;
        boolean marked = multipart[start] == NtlmSession.SIGNATURE_LENGTH
                && end + 2 <= multipart.length
                && multipart[end] == '-'
                && multipart[end + 1] == '-';
        if (!marked) {
            throw new NtlmException("a sealed body's length is not what it says");
        }
        byte[] sealed = new byte[NtlmSession.SIGNATURE_LENGTH + length];
        System.arraycopy(multipart, start + SIGNATURE_AT, sealed, 0, sealed.length);
        return session.unseal(sealed);
    }

    static byte[] close(byte[] plain, NtlmSession session) {
        byte[] sealed = session.seal(plain);
        int at = NtlmSession.SIGNATURE_LENGTH;
        return frame(
                "application/HTTP-SPNEGO-session-encrypted",
                plain.length,
                Arrays.copyOf(sealed, at),
                Arrays.copyOfRange(sealed, at, sealed.length));
    }

    static byte[] frame(String protocol, int plainLength, byte[] signature, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plainLength + 384);
        out.writeBytes(("--Encrypted Boundary\r\n\tContent-Type: " + protocol + "\r\n"
                        + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + plainLength
                        + "\r\n--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n")
                .getBytes(US_ASCII));
        out.writeBytes(new byte[] {(byte) signature.length, (byte) (signature.length >> 8), 0, 0});
        out.writeBytes(signature);
        out.writeBytes(data);
        out.writeBytes("--Encrypted Boundary--\r\n".getBytes(US_ASCII));
        return out.toByteArray();
    }

    /** @param sealed signature and data, one after the other */
    record Parts(int plainLength, byte[] sealed) {}

    /** A body whose signature may be of any length. */
    static Parts parts(byte[] multipart) throws NtlmException {
        int octets = indexOf(multipart, OCTET_STREAM);
        if (octets < 0) {
            throw new NtlmException("a sealed body has no application/octet-stream part");
        }
        Matcher said = LENGTH.matcher(new String(multipart, 0, octets, ISO_8859_1));
        int start = octets + OCTET_STREAM.length;
        if (!said.find() || start + SIGNATURE_AT > multipart.length) {
            throw new NtlmException("a sealed body is cut short");
        }
        int length = Integer.parseInt(said.group(1));
        int signature = (multipart[start] & 0xff) | (multipart[start + 1] & 0xff) << 8;
        long end = (long) start + SIGNATURE_AT + signature + length;
        if (end + 2 > multipart.length || multipart[(int) end] != '-' || multipart[(int) end + 1] != '-') {
            throw new NtlmException("a sealed body's length is not what it says");
        }
        return new Parts(length, Arrays.copyOfRange(multipart, start + SIGNATURE_AT, (int) end));
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        outer:
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            for (int i = 0; i < wanted.length; i++) {
                if (bytes[at + i] != wanted[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }
}
