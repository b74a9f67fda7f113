package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTextTest {
    @Test
    void ordinaryTextsAreMatchedAsEver() {
        assertThat(ServerText.finds(Pattern.compile("b+"), "aabbaa")).isTrue();
        assertThat(ServerText.finds(Pattern.compile("^b+$"), "aabbaa")).isFalse();
        assertThat(ServerText.matches(Pattern.compile("a.*"), "aabb")).isTrue();
        assertThat(ServerText.matches(Pattern.compile("a"), "aabb")).isFalse();
        assertThat(ServerText.finds(Pattern.compile("error"), StringUtils.repeat("fine ", 100_000) + "error"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"(a+)+b, a", "(a|aa)+b, a", "(.*a){20}b, a", "(HTTP\\S*)*x, HTTP"})
    void whatWouldTakeYearsCountsAsNoMatch(String expression, String repeated) {
        assertThat(ServerText.matches(Pattern.compile(expression), StringUtils.repeat(repeated, 5000)))
                .isFalse();
    }

    @Test
    void whatOverrunsTheStackCountsAsNoMatch() {
        assertThat(ServerText.matches(Pattern.compile("(a|b)*"), StringUtils.repeat('a', 900_000)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, x, true",
        "*, '', true",
        "a*b, ab, true",
        "a*b, axxb, true",
        "a*b, axxbc, false",
        "a?b, axb, true",
        "a?b, ab, false",
        "*a*b*, xxaxxbxx, true",
        "*.log, a.log.log, true",
        "a, A, false"
    })
    void wildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcards.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void wildcardsMeanWhatTheirExpressionMeans() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String pattern = random(random, "ab*?");
            String text = random(random, "ab");
            String regex = pattern.replace("*", ".*").replace("?", ".");
            assertThat(Wildcards.matches(pattern, text))
                    .as(pattern + " on " + text)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    private static String random(Random random, String of) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    @Test
    void wildcardsTakeNoLongerThanTheProductOfTheLengths() {
        assertThat(Wildcards.matches(StringUtils.repeat("*a", 2000) + "*b", StringUtils.repeat('a', 10_000)))
                .isFalse();
    }
}
