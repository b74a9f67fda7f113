package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.Durations;
import dev.asrdoctor.text.Words;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** A point in time as people say it. */
public final class UntilConverter {
    private static final Duration LONGEST = Duration.ofDays(90);

    private UntilConverter() {}

    /**
     * @param text {@code 4h} from now, {@code 06:00} (the next one), {@code 2026-11-24T06:00}, or the same with an offset
     *     or {@code Z}
     */
    public static Instant parse(String text, Instant now, ZoneId zone) throws UsageException {
        Instant until = Durations.parse(text)
                .map(now::plus)
                .or(() -> attempt(() -> OffsetDateTime.parse(text).toInstant()))
                .or(() -> attempt(() ->
                        LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant()))
                .or(() -> attempt(() -> next(LocalTime.parse(text), now.atZone(zone))))
                .orElseThrow(() -> new UsageException("'" + text + "' is no end of a change window; write 4h, 06:00,"
                        + " 2026-11-24T06:00 (local time) or 2026-11-24T06:00Z"));
        if (!until.isAfter(now)) {
            throw new UsageException(
                    "the window would end at " + Words.minute(until, zone) + ", which is over already");
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw new UsageException("the window would last until " + Words.minute(until, zone) + "; "
                    + LONGEST.toDays() + " days are the longest, so that no server is forgotten");
        }
        return until;
    }

    private static Instant next(LocalTime time, ZonedDateTime now) {
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    }

    private interface Attempt {
        Instant parse();
    }

    private static Optional<Instant> attempt(Attempt attempt) {
        try {
            return Optional.of(attempt.parse());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
