package dev.asrdoctor.report.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as they are told. */
final class Moments {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** By the clock on the reader's wall. */
    static String here(Instant at, ZoneId zone) {
        return MINUTE.format(at.atZone(zone));
    }

    /** In UTC, because a page travels. */
    static String anywhere(Instant at) {
        return SECOND.format(at);
    }
}
