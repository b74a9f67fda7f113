package dev.asrdoctor.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Values as people say them. */
public final class Words {
    private static final int NAMED = 6;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);

    private Words() {}

    /** {@code 45 s}, {@code 20 min}, {@code 3 h}, {@code 2 days}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    /** For example {@code 1 line} or {@code 3 lines}. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** All of a few names, the first of many. */
    public static String named(List<String> names) {
        return names.size() <= NAMED ? String.join(", ", names) : first(names, NAMED - 1);
    }

    /** So many names, and how many more there are. */
    public static String first(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    /** An enumeration's value as files and formats write it, for example {@code already-running}. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By a clock on the wall there, for example {@code 2026-11-24 06:00 CET}. */
    public static String minute(Instant moment, ZoneId zone) {
        return MINUTE.format(moment.atZone(zone));
    }
}
