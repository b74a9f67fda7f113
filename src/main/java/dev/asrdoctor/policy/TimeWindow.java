package dev.asrdoctor.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that comes back on days of the week, or a span of days, by the clock on the wall of a zone; daylight saving moves
 * it as it moves that clock.
 *
 * @param text as the policy writes it: {@code mon-fri 22:00-05:00 Europe/Paris}, {@code daily 01:00-04:00 UTC} or
 *     {@code 2026-12-20..2027-01-04 Europe/Paris}
 */
public record TimeWindow(
        String text,
        ZoneId zone,
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime until,
        @Nullable LocalDate first,
        @Nullable LocalDate last) {
    private static final Pattern WEEKLY = Pattern.compile("(\\S+)\\s+(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})\\s+(\\S+)");
    private static final Pattern DAYS = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2})\\s+(\\S+)");
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** @throws IllegalArgumentException with what is wrong, in words */
    public static TimeWindow parse(String text) {
        try {
            Matcher days = DAYS.matcher(text.strip());
            if (days.matches()) {
                LocalDate first = LocalDate.parse(days.group(1));
                LocalDate last = LocalDate.parse(days.group(2));
                if (last.isBefore(first)) {
                    throw new IllegalArgumentException("'" + text + "' ends before it begins");
                }
                return new TimeWindow(
                        text,
                        ZoneId.of(days.group(3)),
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.MIN,
                        LocalTime.MIN,
                        first,
                        last);
            }
            Matcher weekly = WEEKLY.matcher(text.strip());
            if (weekly.matches()) {
                return new TimeWindow(
                        text,
                        ZoneId.of(weekly.group(4)),
                        days(weekly.group(1)),
                        time(weekly.group(2)),
                        time(weekly.group(3)),
                        null,
                        null);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time window: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("'" + text + "' is no time window; expected for example"
                + " 'mon-fri 22:00-05:00 Europe/Paris', 'daily 01:00-04:00 UTC' or"
                + " '2026-12-20..2027-01-04 Europe/Paris'");
    }

    /** One that ends before it begins lasts into the next day; one that ends when it begins lasts a whole day. */
    public boolean contains(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        LocalDate day = there.toLocalDate();
        LocalTime time = there.toLocalTime();
        if (first != null && last != null) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
        boolean overnight = !from.isBefore(until);
        boolean begunToday = days.contains(day.getDayOfWeek()) && !time.isBefore(from);
        boolean begunYesterday = days.contains(day.minusDays(1).getDayOfWeek()) && time.isBefore(until);
        return overnight ? begunToday || begunYesterday : begunToday && time.isBefore(until);
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    private static Set<DayOfWeek> days(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : lower.split(",")) {
            List<Integer> ends = new ArrayList<>();
            for (String name : part.split("-", 2)) {
                if (!NAMES.contains(name)) {
                    throw new IllegalArgumentException("'" + name + "' is no day; days are daily, "
                            + String.join(", ", NAMES) + ", as in mon-fri");
                }
                ends.add(NAMES.indexOf(name));
            }
            for (int day = ends.getFirst(); ; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
                if (day == ends.getLast()) {
                    break;
                }
            }
        }
        return days;
    }
}
