package dev.asrdoctor.remoting;

import java.time.Duration;

/**
 * What a script left behind.
 *
 * @param exitCode {@link #NO_EXIT_CODE} where the server did not tell it
 * @param took from the request that started it to the answer that ended it
 */
public record Output(byte[] stdout, byte[] stderr, int exitCode, Duration took) {
    /** MS-WSMV lets a server leave it out. */
    public static final int NO_EXIT_CODE = Integer.MIN_VALUE;
}
