package dev.asrdoctor.report.model;

/**
 * A verdict, or a place in a list, before what it is about.
 *
 * @param glyph for formats that know nothing but characters, such as {@code x} or {@code 1.}
 * @param word for those that have room for it, such as {@code FAIL}; empty where the glyph says all
 * @param spelled whether the word stands beside the glyph everywhere
 */
public record Mark(Tone tone, String glyph, String word, boolean spelled) {
    public static final Mark BULLET = new Mark(Tone.PLAIN, "-", "", false);

    public Mark(Tone tone, String glyph, String word) {
        this(tone, glyph, word, false);
    }

    public static Mark number(int number) {
        return new Mark(Tone.PLAIN, number + ".", "", false);
    }

    /** The same with its word beside its glyph everywhere. */
    public Mark spelledOut() {
        return new Mark(tone, glyph, word, true);
    }
}
