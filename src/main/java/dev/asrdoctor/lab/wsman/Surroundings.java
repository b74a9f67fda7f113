package dev.asrdoctor.lab.wsman;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Time and randomness, given from outside. */
public record Surroundings(Clock clock, RandomGenerator random) {

    public static Surroundings system() {
        return new Surroundings(Clock.systemUTC(), new SecureRandom());
    }
}
