package dev.asrdoctor.remoting.ntlm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.Arrays;

/** Builds a message: a fixed part, then the payload its fields point to, in the order of the calls. */
final class MessageWriter {
    private byte[] message;

    MessageWriter(int type, int fixedLength) {
        message = new byte[fixedLength];
        byte[] signature = "NTLMSSP\0".getBytes(US_ASCII);
        System.arraycopy(signature, 0, message, 0, signature.length);
        Bytes.put32(message, 8, type);
    }

    MessageWriter int32(int at, int value) {
        Bytes.put32(message, at, value);
        return this;
    }

    MessageWriter bytes(int at, byte[] value) {
        System.arraycopy(value, 0, message, at, value.length);
        return this;
    }

    MessageWriter payload(int field, byte[] value) {
        Bytes.put16(message, field, value.length);
        Bytes.put16(message, field + 2, value.length);
        Bytes.put32(message, field + 4, message.length);
        int at = message.length;
        message = Arrays.copyOf(message, at + value.length);
        return bytes(at, value);
    }

    MessageWriter text(int field, int flags, String value) {
        return payload(field, value.getBytes(NtlmFlags.has(flags, NtlmFlags.UNICODE) ? UTF_16LE : ISO_8859_1));
    }

    byte[] toBytes() {
        return message;
    }
}
