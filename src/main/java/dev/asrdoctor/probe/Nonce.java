package dev.asrdoctor.probe;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A word that an answer has to repeat, so that nothing else on the stream is taken for it. */
public record Nonce(String text) {

    public static Nonce random(RandomGenerator random) {
        return new Nonce(HexFormat.of().toHexDigits(random.nextLong()));
    }
}
