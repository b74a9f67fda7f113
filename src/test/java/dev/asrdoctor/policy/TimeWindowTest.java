package dev.asrdoctor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-23T21:00:00Z | true",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-23T20:59:59Z | false",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-24T03:59:59Z | true",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-24T04:00:00Z | false",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-28T02:00:00Z | true",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-28T22:00:00Z | false",
                "mon-fri 22:00-05:00 Europe/Paris | 2026-11-23T02:00:00Z | false",
                "sat,sun 1:30-2:30 UTC            | 2026-11-22T02:00:00Z | true",
                "fri-mon 00:00-00:00 UTC          | 2026-11-23T23:59:59Z | true",
                "fri-mon 00:00-00:00 UTC          | 2026-11-24T00:00:00Z | false",
                "daily 01:00-04:00 Asia/Tokyo     | 2026-11-22T17:00:00Z | true",
                "2026-12-20..2027-01-04 Europe/Paris | 2026-12-19T23:30:00Z | true",
                "2026-12-20..2027-01-04 Europe/Paris | 2027-01-04T22:59:00Z | true",
                "2026-12-20..2027-01-04 Europe/Paris | 2027-01-04T23:00:00Z | false",
            })
    void goesByTheClockOnTheWall(String window, Instant moment, boolean inside) {
        assertThat(TimeWindow.parse(window).contains(moment)).isEqualTo(inside);
    }

    /** Through both changes of the clock: inside exactly when the wall clock says so, at every minute. */
    @Test
    void daylightSavingMovesItAsItMovesTheClock() {
        TimeWindow window = TimeWindow.parse("daily 01:30-03:15 Europe/Paris");
        for (String day : new String[] {"2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z"}) {
            Instant moment = Instant.parse(day);
            for (int minute = 0; minute < 20 * 60; minute++) {
                LocalTime wall = ZonedDateTime.ofInstant(moment, ZoneId.of("Europe/Paris"))
                        .toLocalTime();
                assertThat(window.contains(moment))
                        .as(moment.toString())
                        .isEqualTo(!wall.isBefore(LocalTime.of(1, 30)) && wall.isBefore(LocalTime.of(3, 15)));
                moment = moment.plus(Duration.ofMinutes(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nightly",
                "mon 22:00 Europe/Paris",
                "mon 25:00-26:00 UTC",
                "mun 22:00-23:00 UTC",
                "mon 22:00-23:00 Mars/Phobos",
                "2026-13-01..2026-14-01 UTC",
                "2027-01-04..2026-12-20 UTC",
            })
    void whatIsNoWindowIsRefusedInWords(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindow.parse(text))
                .withMessageContaining("'");
    }
}
