package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.text.Texts;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the lines of logs were written, and their text (docs/facts.md, "Logs"). Logs are in the server's local time without a
 * zone; the MARS agent's have no year either.
 */
final class LogLines {
    private static final Duration CLOCK_SLACK = Duration.ofDays(1);

    /** A day without a year may be of any of the last years: the last 29th of February is up to eight years ago. */
    private static final int LEAP = 8;

    /** Times stand at the beginning of a line; the columns before it are short. */
    private static final int HEAD = 64;

    /** Characters of a line that are shown: its beginning and its end. */
    private static final int SHOWN = 200;

    /** {@code 2026-Nov-23 10:15:30}, as cxps writes it. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}]+");

    private static final Pattern WORD_MONTH =
            Pattern.compile("(\\d{4})-([A-Z][a-z]{2})-(\\d{1,2})[ T](\\d{2}):(\\d{2}):(\\d{2})");
    /** {@code 2026-11-23 10:15:30} or with slashes or a T. */
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})[ T](\\d{1,2}):(\\d{2}):(\\d{2})");
    /** {@code (11-23-2026 10:15:30)}, as the mobility agent writes it. */
    private static final Pattern YEAR_LAST =
            Pattern.compile("\\(?(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4}) +(\\d{1,2}):(\\d{2}):(\\d{2})");
    /** {@code 11/23<tab>10:15:30.123}, as the MARS agent writes it. */
    private static final Pattern NO_YEAR = Pattern.compile("(?:^|\\t)(\\d{2})/(\\d{2})\\t(\\d{2}):(\\d{2}):(\\d{2})");

    private static final List<Pattern> FORMS = List.of(WORD_MONTH, YEAR_FIRST, YEAR_LAST, NO_YEAR);

    private static final Map<String, Month> MONTHS = Map.ofEntries(
            Map.entry("Jan", Month.JANUARY),
            Map.entry("Feb", Month.FEBRUARY),
            Map.entry("Mar", Month.MARCH),
            Map.entry("Apr", Month.APRIL),
            Map.entry("May", Month.MAY),
            Map.entry("Jun", Month.JUNE),
            Map.entry("Jul", Month.JULY),
            Map.entry("Aug", Month.AUGUST),
            Map.entry("Sep", Month.SEPTEMBER),
            Map.entry("Oct", Month.OCTOBER),
            Map.entry("Nov", Month.NOVEMBER),
            Map.entry("Dec", Month.DECEMBER));
    private static final Map<String, String> CODE_PAGES = Map.of(
            "ja",
            "windows-31j",
            "zh",
            "GBK",
            "ko",
            "windows-949",
            "ru",
            "windows-1251",
            "pl",
            "windows-1250",
            "cs",
            "windows-1250",
            "hu",
            "windows-1250",
            "tr",
            "windows-1254",
            "el",
            "windows-1253");

    private final ZoneOffset offset;
    private final Instant now;
    private final Charset codePage;

    private LogLines(ZoneOffset offset, Instant now, Charset codePage) {
        this.offset = offset;
        this.now = now;
        this.codePage = codePage;
    }

    /** For the logs of one server: its own clock, offset and code page. */
    static LogLines of(Facts facts) {
        HostFacts host = facts.read(FactArea.HOST);
        long minutes = host == null || host.utcOffsetMinutes() == null ? 0 : host.utcOffsetMinutes();
        return of(
                Math.clamp(minutes, -1080, 1080),
                host == null ? facts.readAt() : host.utcNow(),
                host == null ? "" : host.culture(),
                host == null ? null : host.codePage());
    }

    /** @param codePage its number; null where only the display language tells, which need not be the one that counts */
    static LogLines of(int offsetMinutes, Instant now, String culture, @Nullable String codePage) {
        String likely = CODE_PAGES.getOrDefault(culture.split("-", 2)[0].toLowerCase(Locale.ROOT), "windows-1252");
        // To look for a name that Java lacks takes long: every provider of character sets is asked.
        Stream<String> names = codePage == null
                ? Stream.of(likely)
                : Stream.of("windows-" + codePage, "x-windows-" + codePage, "Cp" + codePage, likely);
        return new LogLines(
                ZoneOffset.ofTotalSeconds(offsetMinutes * 60),
                now,
                names.filter(LogLines::isCharset)
                        .findFirst()
                        .map(Charset::forName)
                        .orElse(StandardCharsets.ISO_8859_1));
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    /** When a line was written; nothing where its beginning tells no time that can be: what it says may be about others. */
    Optional<Instant> time(String line) {
        int end = Math.min(HEAD, line.length());
        for (int at = 0; at < end; at++) {
            if (!mayBegin(line.charAt(at))) {
                continue;
            }
            for (Pattern form : FORMS) {
                Matcher matcher = form.matcher(line).region(at, end).useAnchoringBounds(false);
                if (matcher.lookingAt()) {
                    return time(matcher);
                }
            }
        }
        return Optional.empty();
    }

    /** Every form begins with one of these, and the first that stands in a line counts. */
    private static boolean mayBegin(char c) {
        return (c >= '0' && c <= '9') || c == '(' || c == '\t';
    }

    private Optional<Instant> time(Matcher told) {
        Pattern form = told.pattern();
        if (form == WORD_MONTH) {
            Month month = MONTHS.get(told.group(2));
            return month == null ? Optional.empty() : at(number(told, 1), month.getValue(), number(told, 3), told, 4);
        }
        if (form == YEAR_FIRST) {
            return at(number(told, 1), number(told, 2), number(told, 3), told, 4);
        }
        if (form == YEAR_LAST) {
            return at(number(told, 3), number(told, 1), number(told, 2), told, 4);
        }
        int year = now.atOffset(offset).getYear();
        return IntStream.rangeClosed(0, LEAP)
                .mapToObj(back -> at(year - back, number(told, 1), number(told, 2), told, 3))
                .flatMap(Optional::stream)
                .filter(time -> !time.isAfter(now.plus(CLOCK_SLACK)))
                .findFirst();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private Optional<Instant> at(int year, int month, int day, Matcher matcher, int clock) {
        try {
            return Optional.of(LocalDateTime.of(
                            year,
                            month,
                            day,
                            number(matcher, clock),
                            number(matcher, clock + 1),
                            number(matcher, clock + 2))
                    .toInstant(offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a line was written within a time before the server's now; one that tells no time counts by its file's. */
    boolean recent(String line, LogFacts log, Duration within) {
        return !time(line).orElse(log.modifiedAt()).isBefore(now.minus(within));
    }

    Duration age(Instant moment) {
        Duration age = Duration.between(moment, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** A line as a person reads it. */
    String text(String line, @Nullable String encoding) {
        String text = "ansi".equals(encoding) ? new String(line.getBytes(StandardCharsets.ISO_8859_1), codePage) : line;
        String flat = CONTROLS.matcher(text).replaceAll(" ").strip();
        return Texts.cutInside(flat, SHOWN);
    }
}
