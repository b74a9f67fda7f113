package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

/** Reads the fixed part of a message and what its payload fields point to, without trusting any length or offset. */
final class MessageReader {
    private static final byte[] SIGNATURE = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};

    private final byte[] message;

    MessageReader(byte[] message, int type, int minimum) throws NtlmException {
        this.message = message;
        if (message.length < 12) {
            throw new NtlmException("an NTLM message has at least 12 bytes, this one has " + message.length);
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (message[i] != SIGNATURE[i]) {
                throw new NtlmException("this is not an NTLM message (no NTLMSSP signature)");
            }
        }
        int found = Bytes.int32(message, 8);
        if (found != type) {
            throw new NtlmException("NTLM message of type " + found + " where type " + type + " was expected");
        }
        if (message.length < minimum) {
            throw new NtlmException("NTLM message of type " + type + " is cut short: " + message.length
                    + " bytes of at least " + minimum);
        }
    }

    int length() {
        return message.length;
    }

    int int32(int at) {
        return Bytes.int32(message, at);
    }

    byte[] bytes(int at, int length) {
        return Bytes.slice(message, at, length);
    }

    /** What the field at this position points to; empty where the message is too short to have the field. */
    byte[] payload(int field, String name) throws NtlmException {
        if (field + 8 > message.length) {
            return new byte[0];
        }
        int length = Bytes.uint16(message, field);
        long offset = Bytes.int32(message, field + 4) & 0xffffffffL;
        if (length == 0) {
            return new byte[0];
        }
        if (offset + length > message.length) {
            throw new NtlmException("the field '" + name + "' of an NTLM message points outside of it");
        }
        return bytes((int) offset, length);
    }

    String text(int field, int flags, String name) throws NtlmException {
        return new String(payload(field, name), NtlmFlags.has(flags, NtlmFlags.UNICODE) ? UTF_16LE : ISO_8859_1);
    }
}
