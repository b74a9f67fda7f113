package dev.asrdoctor.remoting.gss;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * A KRB-ERROR (RFC 4120 section 5.9.1) in the frame of RFC 4121 section 4.1, with which a service may say why it refuses a
 * logon. Java knows no such token and calls it defective.
 */
final class ErrorToken {
    private static final byte[] KERBEROS_AND_ERROR = HexFormat.of().parseHex("06092a864886f712010202" + "0300");
    private static final int FRAME = 0x60;
    private static final int KRB_ERROR = 0x7e;
    private static final int SEQUENCE = 0x30;
    private static final int ERROR_CODE = 0xa6;
    private static final int INTEGER = 0x02;

    private ErrorToken() {}

    /** The error code; empty for any other token, and for bytes that are none. */
    static OptionalInt code(byte[] token) {
        ByteBuffer bytes = ByteBuffer.wrap(token);
        try {
            ByteBuffer frame = inside(bytes, FRAME);
            byte[] start = new byte[KERBEROS_AND_ERROR.length];
            frame.get(start);
            if (!Arrays.equals(start, KERBEROS_AND_ERROR)) {
                return OptionalInt.empty();
            }
            ByteBuffer fields = inside(inside(frame, KRB_ERROR), SEQUENCE);
            while (fields.hasRemaining()) {
                int tag = fields.get(fields.position()) & 0xff;
                ByteBuffer field = inside(fields, tag);
                if (tag == ERROR_CODE) {
                    return integer(inside(field, INTEGER));
                }
            }
            return OptionalInt.empty();
        } catch (BufferUnderflowException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt integer(ByteBuffer value) {
        if (!value.hasRemaining() || value.remaining() > Integer.BYTES) {
            return OptionalInt.empty();
        }
        int number = value.get();
        while (value.hasRemaining()) {
            number = (number << 8) | (value.get() & 0xff);
        }
        return OptionalInt.of(number);
    }

    /** What an element of DER contains; the bytes move past it. */
    private static ByteBuffer inside(ByteBuffer bytes, int tag) {
        if ((bytes.get() & 0xff) != tag) {
            throw new BufferUnderflowException();
        }
        int length = bytes.get() & 0xff;
        if (length > 0x80 && length <= 0x82) {
            int octets = length & 0x7f;
            length = 0;
            while (octets-- > 0) {
                length = (length << 8) | (bytes.get() & 0xff);
            }
        } else if (length >= 0x80) {
            throw new BufferUnderflowException();
        }
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return content;
    }
}
