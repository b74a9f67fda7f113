package dev.asrdoctor.report.format;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Where something is shown.
 *
 * @param width in columns
 * @param zone of whoever reads it
 */
public record Look(Palette palette, int width, ZoneId zone) {
    /** What fits every terminal, a mail and a ticket. */
    public static final int NARROW = 80;
    /** Longer lines are hard to follow. */
    public static final int WIDE = 120;

    public static final Look PLAIN = new Look(Palette.PLAIN, NARROW, ZoneOffset.UTC);

    public Look {
        width = Math.clamp(width, NARROW, WIDE);
    }
}
