package dev.asrdoctor.remoting.ntlm;

import java.util.Arrays;

/** Little-endian numbers, as everywhere in MS-NLMP. */
final class Bytes {
    private Bytes() {}

    static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    static int int32(byte[] bytes, int at) {
        return uint16(bytes, at) | uint16(bytes, at + 2) << 16;
    }

    static byte[] le16(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    static byte[] le32(int value) {
        byte[] bytes = new byte[4];
        put32(bytes, 0, value);
        return bytes;
    }

    static byte[] le64(long value) {
        byte[] bytes = new byte[8];
        put32(bytes, 0, (int) value);
        put32(bytes, 4, (int) (value >>> 32));
        return bytes;
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value);
        put16(bytes, at + 2, value >>> 16);
    }

    static byte[] slice(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
