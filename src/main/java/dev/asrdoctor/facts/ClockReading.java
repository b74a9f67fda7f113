package dev.asrdoctor.facts;

import java.time.Duration;
import java.time.Instant;

/**
 * A server's clock beside the controller's, measured over one conversation as NTP does it.
 *
 * @param offset how far the server is ahead; negative when it is behind
 * @param uncertainty the true offset lies within this of {@code offset}
 */
public record ClockReading(Duration offset, Duration uncertainty) {
    /** What clocks that nobody corrects drift within minutes is far less. */
    private static final Duration CHANCE = Duration.ofMillis(100);

    /** Whether the clock is nearer to the right time for certain than it was at an earlier reading. */
    public boolean nearerThan(ClockReading earlier) {
        Duration nearer = earlier.offset.abs().minus(offset.abs());
        return nearer.compareTo(uncertainty.plus(earlier.uncertainty).plus(CHANCE)) > 0;
    }

    /**
     * @param sent when the controller sent the script, and {@code received} when it had the answer, by its own clock
     * @param begun when the script began, and {@code ended} when it wrote its answer, by the server's clock
     */
    public static ClockReading of(Instant sent, Instant begun, Instant ended, Instant received) {
        Duration there = Duration.between(sent, begun);
        Duration back = Duration.between(received, ended);
        Duration onTheWay = Duration.between(sent, received).minus(Duration.between(begun, ended));
        return new ClockReading(
                there.plus(back).dividedBy(2), onTheWay.isNegative() ? Duration.ZERO : onTheWay.dividedBy(2));
    }
}
