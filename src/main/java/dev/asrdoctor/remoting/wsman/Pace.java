package dev.asrdoctor.remoting.wsman;

import java.time.Duration;

/**
 * How soon a server is asked for more output. One that holds a request until there is something needs no pause; one that
 * answers at once with nothing, or with a byte, would otherwise be asked thousands of times a second.
 */
final class Pace {
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** A script's answer comes in pieces of kilobytes, and the lines of an error are longer than this. */
    private static final int FEW_BYTES = 16;

    private static final int FEW_BYTES_IN_A_ROW = 24;

    private Duration next = SHORTEST;
    private int drops;

    /**
     * @param bytes of output that the last answer brought
     * @param took how long the server took for it
     * @return before the next request
     */
    Duration after(int bytes, Duration took) {
        drops = bytes > 0 && bytes < FEW_BYTES ? drops + 1 : bytes == 0 ? drops : 0;
        if (bytes >= FEW_BYTES || took.compareTo(LONGEST) >= 0) {
            next = SHORTEST;
            return Duration.ZERO;
        }
        Duration pause = next.minus(took);
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    /** So little so often is no script's output, and would go on until the deadline. */
    boolean drips() {
        return drops >= FEW_BYTES_IN_A_ROW;
    }
}
