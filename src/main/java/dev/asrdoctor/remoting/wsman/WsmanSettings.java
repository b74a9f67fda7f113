package dev.asrdoctor.remoting.wsman;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How patient the client is, and where its randomness and time come from.
 *
 * @param operationTimeout how long the server may hold one request before it says that there is nothing yet
 * @param answerMargin how much longer the client waits for an answer than the server may hold it
 * @param shellIdleTimeout after how long without a request the server ends a shell that a dead client left behind
 * @param cleanupTime how long cleaning up on the server may take after a run that did not end well
 * @param outputLimit bytes of standard output and error together
 * @param random unpredictable, and safe for use by many threads
 */
public record WsmanSettings(
        Duration connectTimeout,
        Duration operationTimeout,
        Duration answerMargin,
        Duration shellIdleTimeout,
        Duration cleanupTime,
        int outputLimit,
        RandomGenerator random,
        InstantSource clock) {

    public static WsmanSettings defaults(RandomGenerator random, InstantSource clock) {
        return new WsmanSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(180),
                Duration.ofSeconds(5),
                16 * 1024 * 1024,
                random,
                clock);
    }

    public WsmanSettings withOutputLimit(int bytes) {
        return new WsmanSettings(
                connectTimeout, operationTimeout, answerMargin, shellIdleTimeout, cleanupTime, bytes, random, clock);
    }

    public WsmanSettings withOperationTimeout(Duration timeout, Duration margin) {
        return new WsmanSettings(
                connectTimeout, timeout, margin, shellIdleTimeout, cleanupTime, outputLimit, random, clock);
    }
}
