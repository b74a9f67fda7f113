package dev.asrdoctor.remoting;

import java.time.Duration;

/**
 * What a script left behind.
 *
 * @param took from the request that started it to the answer that ended it
 */
public record Output(byte[] stdout, byte[] stderr, int exitCode, Duration took) {}
