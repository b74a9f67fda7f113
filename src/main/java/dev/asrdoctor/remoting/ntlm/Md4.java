package dev.asrdoctor.remoting.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The MD4 message digest of RFC 1320, which the JDK does not offer and NTLM makes its keys with. */
final class Md4 {
    private static final int BLOCK = 64;
    /** Of the message's length, at the end of the last block. */
    private static final int LENGTH = 8;

    private static final int ROUND_2 = 0x5a827999;
    private static final int ROUND_3 = 0x6ed9eba1;

    /** By round: which word of the block each step takes. */
    private static final int[][] WORDS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
    };
    /** By round: how far each fourth step rotates. */
    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};

    private Md4() {}

    /** 16 bytes. */
    static byte[] of(byte[] message) {
        int padded = (message.length + LENGTH) / BLOCK * BLOCK + BLOCK;
        byte[] bytes = Arrays.copyOf(message, padded);
        bytes[message.length] = (byte) 0x80;
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(padded - LENGTH, 8L * message.length);
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        for (int block = 0; block < padded; block += BLOCK) {
            take(words, block, state);
        }
        Arrays.fill(bytes, (byte) 0);
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void take(ByteBuffer words, int block, int[] state) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int step = 0; step < 48; step++) {
            int round = step / 16;
            int mixed = switch (round) {
                case 0 -> (b & c) | (~b & d);
                case 1 -> ((b & c) | (b & d) | (c & d)) + ROUND_2;
                default -> (b ^ c ^ d) + ROUND_3;
            };
            int word = words.getInt(block + 4 * WORDS[round][step % 16]);
            int next = Integer.rotateLeft(a + mixed + word, SHIFTS[round][step % 4]);
            a = d;
            d = c;
            c = b;
            b = next;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
