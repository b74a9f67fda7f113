package dev.asrdoctor.remoting.wsman;

import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that differ within a session by counting and between sessions by chance. */
final class MessageIds {
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000000000000000L;

    private final long high;
    private long low;

    MessageIds(RandomGenerator random) {
        high = (random.nextLong() & ~0xf000L) | VERSION_4;
        low = (random.nextLong() & 0x3fffffff00000000L) | VARIANT;
    }

    String next() {
        return "uuid:" + new UUID(high, low++).toString().toUpperCase(Locale.ROOT);
    }
}
