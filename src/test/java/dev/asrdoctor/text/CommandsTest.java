package dev.asrdoctor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "http://proxy.contoso.local | http://proxy.contoso.local",
                "E:\\ASR home | 'E:\\ASR home'",
                "E:\\$(calc) | 'E:\\$(calc)'",
                "it's | 'it''s'",
                "E:\\\u2018x\u2019;calc;\u201b | 'E:\\\u2018\u2018x\u2019\u2019;calc;\u201b\u201b'",
                "-Force | '-Force'",
            })
    void aValueOfAServerIsNothingButAValue(String said, String typed) {
        assertThat(Commands.value(said)).contains(typed);
    }

    @Test
    void whatTheShellWouldActOnStandsInQuotes() {
        assertThat(Commands.value("a;b&c|d")).contains("'a;b&c|d'");
        assertThat(Commands.list(List.of("C:\\a", "C:\\b'; calc; '"))).contains("'C:\\a','C:\\b''; calc; '''");
        assertThat(Commands.list(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb", "a\nb", "a\u0000", "a\u009bb", "a`b", "a\ud83d"})
    void whatCannotBeCopiedFaithfullyIsInNoCommand(String said) {
        assertThat(Commands.value(said)).isEmpty();
        assertThat(Commands.list(List.of("C:\\a", said))).isEmpty();
        assertThat(Commands.service(said)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSSQL$ONE", "a\"b", "a & calc", "%COMSPEC%", "$(calc)", "a;b", "\u201dx"})
    void aServiceWhoseNameMeansSomethingToAShellIsInNoCommand(String name) {
        assertThat(Commands.service(name)).isEmpty();
    }

    @Test
    void theProductsServicesAreNamedAsAPersonWould() {
        assertThat(Commands.service("cxprocessserver")).contains("\"cxprocessserver\"");
        assertThat(Commands.service("InMage Scout Application Service"))
                .contains("\"InMage Scout Application Service\"");
    }

    @ParameterizedTest
    @CsvSource({"abc\ud83d\ude00def, 7", "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00, 6", "abcdefgh, 5"})
    void aTextIsCutWhereACharacterEnds(String text, int most) {
        String cut = Texts.cut(text, most);

        assertThat(cut.length()).isLessThanOrEqualTo(most);
        assertThat(cut).endsWith("...");
        assertThat(cut.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
