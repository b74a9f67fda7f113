package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.LogFacts;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");

    private static LogLines at(int offsetMinutes) {
        return LogLines.of(offsetMinutes, NOW, "en-US", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-Nov-23 10:15:30 | 1500 | text                      | 2026-11-23T10:15:30Z",
                "2026-11-23 10:15:30 ERROR x                             | | | 2026-11-23T10:15:30Z",
                "#~> (11-23-2026 10:15:30):   ERROR  1688                | | | 2026-11-23T10:15:30Z",
                "[2026/11/23 10:15:30] x                                 | | | 2026-11-23T10:15:30Z",
                "2026-11-23T10:15:30 x                                   | | | 2026-11-23T10:15:30Z",
            })
    void readsEveryFormatOfTheProductsLogs(String line, String a, String b, String time) {
        assertThat(at(0).time(line)).contains(Instant.parse(time));
    }

    @ParameterizedTest
    @CsvSource({
        "1252, windows-1252, échoué",
        "932, windows-31j, 接続できません",
        "936, GBK, 连接失败",
        "949, windows-949, 연결 실패",
        "950, x-windows-950, 連線失敗",
        "874, x-windows-874, ล้มเหลว",
        "1251, windows-1251, ошибка",
        "1255, windows-1255, נכשל",
    })
    void theCodePageOfTheServerCountsWhateverItsDisplayLanguage(String number, String codePage, String text) {
        String oneCharacterAByte = new String(text.getBytes(Charset.forName(codePage)), StandardCharsets.ISO_8859_1);
        assertThat(LogLines.of(0, NOW, "en-US", number).text(oneCharacterAByte, "ansi"))
                .isEqualTo(text);
        assertThat(LogLines.of(0, NOW, "fr-FR", "no such page").text("\u00e9chou\u00e9", "ansi"))
                .isEqualTo("échoué");
    }

    @Test
    void localTimeIsThatOfTheServer() {
        assertThat(at(330).time("2026-11-23 10:15:30 x")).contains(Instant.parse("2026-11-23T04:45:30Z"));
        assertThat(at(-300).time("2026-11-23 10:15:30 x")).contains(Instant.parse("2026-11-23T15:15:30Z"));
    }

    @Test
    void aDateWithoutAYearIsTheNewestThatHasBeen() {
        assertThat(at(0).time("1A\t2B\t11/23\t10:15:30.123\tx")).contains(Instant.parse("2026-11-23T10:15:30Z"));
        assertThat(at(0).time("1A\t2B\t12/31\t23:59:59.000\tx")).contains(Instant.parse("2025-12-31T23:59:59Z"));
        LogLines newYear = LogLines.of(0, Instant.parse("2027-01-01T00:10:00Z"), "en-US", null);
        assertThat(newYear.time("1A\t2B\t12/31\t23:59:59.000\tx")).contains(Instant.parse("2026-12-31T23:59:59Z"));
        assertThat(newYear.time("1A\t2B\t01/01\t00:05:00.000\tx")).contains(Instant.parse("2027-01-01T00:05:00Z"));
        LogLines leap = LogLines.of(0, Instant.parse("2025-03-01T00:00:00Z"), "en-US", null);
        assertThat(leap.time("1A\t2B\t02/29\t10:00:00.000\tx")).contains(Instant.parse("2024-02-29T10:00:00Z"));
        assertThat(leap.time("1A\t2B\t02/30\t10:00:00.000\tx")).isEmpty();
    }

    @Test
    void aTimeThatTheMessageTellsIsNotWhenItWasWritten() {
        assertThat(at(0).time("1A\t2B\t11/23\t10:15:30.123\tx\tNORMAL\tlease until 2027-01-01 10:00:00"))
                .contains(Instant.parse("2026-11-23T10:15:30Z"));
        assertThat(at(0).time("#~> (11-23-2026 10:15:30):   ALWAYS 1 2 3 last seen 2026-Nov-20 10:00:00"))
                .contains(Instant.parse("2026-11-23T10:15:30Z"));
        assertThat(at(0).time("x".repeat(80) + " 2026-11-23 10:15:30")).isEmpty();
    }

    @Test
    void whateverWasWrittenIsReadBack() {
        List<DateTimeFormatter> formats = List.of(
                DateTimeFormatter.ofPattern("yyyy-MMM-dd HH:mm:ss", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("'('MM-dd-yyyy HH:mm:ss')'", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("'1A'\t'2B'\tMM/dd'\t'HH:mm:ss.SSS", Locale.ENGLISH));
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int offset = random.nextInt(-12 * 60, 14 * 60 + 1);
            Instant written = NOW.minusSeconds(random.nextLong(300L * 86_400));
            LocalDateTime local = LocalDateTime.ofInstant(written, ZoneOffset.ofTotalSeconds(offset * 60));
            for (DateTimeFormatter format : formats) {
                String line = format.format(local) + "\tERROR\t" + random.nextInt();
                assertThat(at(offset).time(line)).as(line).contains(written);
            }
        }
    }

    @Test
    void aLongLineIsShownWithBothEndsAndWholeCharacters() {
        String shown = at(0).text("begin " + "😀".repeat(300) + " (407) Proxy Authentication Required", "utf-8");
        assertThat(shown)
                .startsWith("begin ")
                .contains("...")
                .endsWith("(407) Proxy Authentication Required")
                .hasSizeLessThanOrEqualTo(200);
        assertThat(shown.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .isTrue();
    }

    @Test
    void noiseNeverThrowsAndNeverTellsAnImpossibleTime() {
        Random random = new Random(11);
        String alphabet = "0123456789-/: \tTJanFebMarDec()#~>.äテ\u0000\uFFFD";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            LogLines lines = at(random.nextInt(-1080, 1081));
            lines.time(line.toString());
            assertThat(lines.text(line.toString(), random.nextBoolean() ? "ansi" : "utf-8"))
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
        assertThat(at(0).time("2026-13-45 25:61:61")).isEmpty();
        assertThat(at(0).time("2026-Foo-10 10:00:00")).isEmpty();
        assertThat(at(0).time("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ja-JP, windows-31j, 接続できません",
        "de-DE, windows-1252, Zeitüberschreitung",
        "fr-FR, windows-1252, échoué",
        "ru-RU, windows-1251, ошибка",
        "xx-YY, windows-1252, naïve"
    })
    void bytesOfACodePageBecomeTheTextThatWasWritten(String culture, String codePage, String text) {
        String oneCharacterAByte = new String(text.getBytes(Charset.forName(codePage)), StandardCharsets.ISO_8859_1);
        assertThat(LogLines.of(0, NOW, culture, null).text(oneCharacterAByte, "ansi"))
                .isEqualTo(text);
        assertThat(LogLines.of(0, NOW, culture, null).text(text, "utf-16le")).isEqualTo(text);
    }

    @Test
    void aLineWithoutATimeCountsByItsFile() {
        LogFacts fresh = log(NOW.minusSeconds(60));
        LogFacts old = log(NOW.minus(Duration.ofDays(3)));
        assertThat(at(0).recent("no time here", fresh, Duration.ofHours(1))).isTrue();
        assertThat(at(0).recent("no time here", old, Duration.ofHours(1))).isFalse();
        assertThat(at(0).recent("2026-11-23 17:30:00 x", old, Duration.ofHours(1)))
                .isTrue();
        assertThat(at(0).recent("2026-11-22 17:30:00 x", fresh, Duration.ofHours(1)))
                .isFalse();
    }

    private static LogFacts log(Instant modifiedAt) {
        return new LogFacts("C:\\x.log", 10, modifiedAt, 10, "utf-8", 1, "x", "x", 1, List.of(), List.of(), null);
    }
}
