package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** The framing of sealed messages, {@code multipart/encrypted} (MS-WSMV 2.2.9.1). */
final class EncryptedMultipart {
    static final String TYPE = "multipart/encrypted";
    static final String SPNEGO = "application/HTTP-SPNEGO-session-encrypted";
    static final String KERBEROS = "application/HTTP-Kerberos-session-encrypted";
    static final String CONTENT_TYPE = contentType(SPNEGO);

    private static final String BEFORE_LENGTH = """
            --Encrypted Boundary\r
            \tContent-Type: application/HTTP-SPNEGO-session-encrypted\r
            \tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=\
            """;
    private static final String AFTER_LENGTH = """
            \r
            --Encrypted Boundary\r
            \tContent-Type: application/octet-stream\r
            """;
    private static final byte[] END = "--Encrypted Boundary--\r\n".getBytes(US_ASCII);
    private static final int HEAD_LIMIT = 2048;
    private static final int TAIL_LIMIT = 64;
    private static final int LOOKED_AT = 16;
    private static final int LONGEST_NUMBER = 9;
    private static final int NONE = -1;

    private EncryptedMultipart() {}

    /** The answer is sealed, also where somebody in between took its type away. */
    static boolean isIn(HttpAnswer answer) {
        if (answer.hasType(TYPE)) {
            return true;
        }
        byte[] body = answer.body();
        return StringUtils.isBlank(answer.contentType())
                && new String(body, 0, Math.min(body.length, LOOKED_AT), ISO_8859_1)
                        .stripLeading()
                        .startsWith("--");
    }

    static byte[] seal(byte[] plain, NtlmSession session) {
        return seal(new Envelope(List.of(plain)), session);
    }

    static byte[] seal(Envelope plain, NtlmSession session) {
        int length = plain.length();
        byte[] head = (BEFORE_LENGTH + length + AFTER_LENGTH).getBytes(US_ASCII);
        int signatureAt = head.length + 4;
        int sealedAt = signatureAt + NtlmSession.SIGNATURE_LENGTH;
        byte[] body = Arrays.copyOf(head, sealedAt + length + END.length);
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(head.length, NtlmSession.SIGNATURE_LENGTH);
        plain.copyTo(body, sealedAt);
        session.seal(body, sealedAt, length, signatureAt);
        System.arraycopy(END, 0, body, sealedAt + length, END.length);
        return body;
    }

    static String contentType(String protocol) {
        return TYPE + ";protocol=\"" + protocol + "\";boundary=\"Encrypted Boundary\"";
    }

    /** A body of parts that are sealed already. */
    static byte[] frame(String protocol, int plainLength, byte[] signature, byte[] data) {
        byte[] head = (BEFORE_LENGTH.replace(SPNEGO, protocol) + plainLength + AFTER_LENGTH).getBytes(US_ASCII);
        return ByteBuffer.allocate(head.length + 4 + signature.length + data.length + END.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(head)
                .putInt(signature.length)
                .put(signature)
                .put(data)
                .put(END)
                .array();
    }

    /** Signature and data of a body, one after the other, whatever their lengths; the end is the last boundary. */
    static byte[] sealed(byte[] body) throws NtlmException {
        String head = new String(body, 0, Math.min(body.length, HEAD_LIMIT), ISO_8859_1);
        int typeAt = after(head, "application/octet-stream", after(head, "Length=", 0));
        int from = after(head, "\n", typeAt) + 4;
        int end = new String(body, Math.max(0, body.length - TAIL_LIMIT), Math.min(TAIL_LIMIT, body.length), ISO_8859_1)
                .lastIndexOf("Encrypted Boundary--");
        if (end == NONE) {
            throw new NtlmException("a sealed message without its end");
        }
        end += Math.max(0, body.length - TAIL_LIMIT);
        // Some servers put a blank between the dashes and the word.
        while (end > 0 && body[end - 1] == ' ') {
            end--;
        }
        end -= 2;
        if (end < from || body[end] != '-' || body[end + 1] != '-') {
            throw new NtlmException("a sealed message whose lengths do not fit");
        }
        return Arrays.copyOfRange(body, from, end);
    }

    /**
     * Unseals the body where it stands. Some servers put blanks around the boundary, so only the two headers that matter are
     * looked for.
     */
    static ByteBuffer unseal(byte[] body, NtlmSession session) throws NtlmException {
        String head = new String(body, 0, Math.min(body.length, HEAD_LIMIT), ISO_8859_1);
        int lengthAt = after(head, "Length=", 0);
        int typeAt = after(head, "application/octet-stream", lengthAt);
        int signatureLengthAt = after(head, "\n", typeAt);
        int length = number(head, lengthAt);
        int signatureAt = signatureLengthAt + 4;
        int sealedAt = signatureAt + NtlmSession.SIGNATURE_LENGTH;
        ByteBuffer numbers = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        if ((long) sealedAt + length > body.length
                || numbers.getInt(signatureLengthAt) != NtlmSession.SIGNATURE_LENGTH) {
            throw new NtlmException("a sealed message whose lengths do not fit");
        }
        session.unseal(body, sealedAt, length, signatureAt);
        return ByteBuffer.wrap(body, sealedAt, length);
    }

    private static int after(String head, String what, int from) throws NtlmException {
        int at = head.indexOf(what, from);
        if (at == NONE) {
            throw new NtlmException("a sealed message without its headers");
        }
        return at + what.length();
    }

    /** The head goes on behind it. */
    private static int number(String head, int from) throws NtlmException {
        int value = 0;
        int at = from;
        while (at - from < LONGEST_NUMBER && head.charAt(at) >= '0' && head.charAt(at) <= '9') {
            value = value * 10 + head.charAt(at++) - '0';
        }
        if (at == from) {
            throw new NtlmException("a sealed message whose length is no number");
        }
        return value;
    }
}
