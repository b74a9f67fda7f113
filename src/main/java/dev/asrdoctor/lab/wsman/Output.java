package dev.asrdoctor.lab.wsman;

import java.time.Duration;

/**
 * How output travels.
 *
 * @param remoteTime what a command takes before it answers
 * @param bytesPerStream a Stream element carries at most this much, cut wherever it falls, also within a character
 * @param bytesPerReceive a Receive brings at most this much, and never more than fits the request's MaxEnvelopeSize
 */
public record Output(Duration remoteTime, int bytesPerStream, int bytesPerReceive) {
    public static final Output DEFAULT = new Output(Duration.ZERO, 16 * 1024, Integer.MAX_VALUE);

    public Output {
        if (bytesPerStream < 1 || bytesPerReceive < 1) {
            throw new IllegalArgumentException("output travels in pieces of at least one byte");
        }
    }

    public Output withRemoteTime(Duration time) {
        return new Output(time, bytesPerStream, bytesPerReceive);
    }

    public Output inPieces(int perStream, int perReceive) {
        return new Output(remoteTime, perStream, perReceive);
    }
}
