package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "\\\\ \\",
                "\\\" \"",
                "\\/ /",
                "\\u0041 A",
                "\\U00e4 ä",
                "\\u0075 u",
                "&amp; &",
                "&lt; <",
                "&gt; >",
                "&quot; \"",
                "&apos; '",
                "&#39; '",
                "&#x27; '",
                "&#X00e4; ä",
                "&#0000038; &",
                "&#x000026; &",
                "&#65535; \uffff",
                "_x0041_ A",
                "_x005f_ _",
                "%41 A",
                "%7f \u007f",
                "%2F /"
            })
    void isTheCharacterWrittenAsSomethingElse(String spelled, char c) {
        assertThat(Spelling.end(spelled, 0, c)).isEqualTo(spelled.length());
        assertThat(Spelling.end("a" + spelled + "0a;_", 1, c)).isEqualTo(1 + spelled.length());
        for (int length = 1; length < spelled.length(); length++) {
            assertThat(Spelling.end(spelled.substring(0, length), 0, c))
                    .as(spelled.substring(0, length))
                    .isEqualTo(Spelling.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "A A",
                "\\n n",
                "\\0 0",
                "\\A A",
                "\\u0041 B",
                "\\u041g A",
                "&amp; <",
                "&lt; &",
                "&nbsp; \u00a0",
                "&#65 A",
                "&#65, A",
                "&#x0000041; A",
                "&#00000065; A",
                "&#6x5; A",
                "_x00041_ A",
                "_x0041- A",
                "%4 A",
                "%4g A",
                "%80 \u0080",
                "%e4 ä"
            })
    void isNotTheCharacter(String text, char c) {
        assertThat(Spelling.end(text, 0, c)).isEqualTo(Spelling.NONE);
    }

    @Test
    void noDigitsAreNoCharacter() {
        assertThat(Spelling.end("&#;", 0, '\0')).isEqualTo(Spelling.NONE);
        assertThat(Spelling.end("&#x;", 0, '\0')).isEqualTo(Spelling.NONE);
        assertThat(Spelling.end("_x_", 0, '\0')).isEqualTo(Spelling.NONE);
    }
}
