package dev.asrdoctor.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsArgumentsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "check -i inventory\\fleet.yaml ps-*       | [check, -i, inventory\\fleet.yaml, ps-*]",
                "check \"C:\\my fleet\\f.yaml\" !ps-1      | [check, C:\\my fleet\\f.yaml, !ps-1]",
                "check -i \"C:\\my fleet\\\\\" paris       | [check, -i, C:\\my fleet\\, paris]",
                "doctor ps --user CONTOSO\\svc             | [doctor, ps, --user, CONTOSO\\svc]",
                "change abort c1 --note \"a \\\"b\\\" c\"  | [change, abort, c1, --note, a \"b\" c]",
                "a \"b \"\"c\"\" d\"                       | [a, b \"c\" d]",
                "  a   b\t c                               | [a, b, c]",
                "a \"\" b                                  | [a, , b]",
                "a\\\\b \\\\server\\share                  | [a\\\\b, \\\\server\\share]",
                "a \"not closed b                          | [a, not closed b]",
                "a \\                                      | [a, \\]",
            })
    void takesWordsApartAsWindowsDoes(String line, String words) {
        assertThat(WindowsArguments.split(line)).hasToString(words);
    }

    @Test
    void everyListOfWordsSurvivesTheUsualQuoting() {
        Random random = new Random(5);
        String alphabet = "ab \\\"*?!&\t";
        for (int i = 0; i < 20_000; i++) {
            List<String> words = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                StringBuilder word = new StringBuilder();
                for (int c = random.nextInt(8); c > 0; c--) {
                    word.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                words.add(word.toString());
            }
            assertThat(WindowsArguments.split(quoted(words))).isEqualTo(words);
        }
    }

    /** Backslashes before a double quote are doubled, the quote gets one more. */
    private static String quoted(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(word -> "\""
                                + word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + "\"")
                        .toList());
    }

    @Test
    void theUsualWayCountsWhereTheLauncherNamesNoVariable() {
        String[] usual = {"check", "x"};
        assertThat(WindowsArguments.of(null, Map.of("A", "remediate --apply"), usual))
                .isSameAs(usual);
        assertThat(WindowsArguments.of("A", Map.of("A", "check ps-*"), usual)).containsExactly("check", "ps-*");
        assertThat(WindowsArguments.of("A", Map.of(), usual)).isEmpty();
    }
}
