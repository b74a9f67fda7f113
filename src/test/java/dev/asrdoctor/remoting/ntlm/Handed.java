package dev.asrdoctor.remoting.ntlm;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Randomness and time that are handed in. */
final class Handed {
    static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    private Handed() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** Hands out these bytes, in this order. */
    static RandomGenerator random(byte[]... parts) {
        ByteBuffer supply = ByteBuffer.allocate(1024);
        for (byte[] part : parts) {
            supply.put(part);
        }
        supply.flip();
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void nextBytes(byte[] bytes) {
                supply.get(bytes);
            }
        };
    }
}
