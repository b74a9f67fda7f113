package dev.asrdoctor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "prot, port, 1",
        "PORT, port, 0",
        "port, ports, 1",
        "'', abc, 3",
        "credntial, credential, 1",
        "abc, xyz, 3",
        "ca, abc, 3",
    })
    void countsEditsBetweenWords(String one, String other, int edits) {
        assertThat(Suggestion.distance(one, other)).isEqualTo(edits);
    }

    @Test
    void suggestsTheNearestWordAndNothingFarAway() {
        assertThat(Suggestion.didYouMean("adress", List.of("port", "address"))).isEqualTo("; did you mean 'address'?");
        assertThat(Suggestion.didYouMean("zebra", List.of("port", "address"))).isEmpty();
        assertThat(Suggestion.didYouMean("x".repeat(5_000_000), List.of("port")))
                .isEmpty();
    }

    @Test
    void distanceIsAsFarBothWaysAndNothingOnlyForTheSameWord() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String a = word(random);
            String b = word(random);
            assertThat(Suggestion.distance(a, b)).as(a + " " + b).isEqualTo(Suggestion.distance(b, a));
            assertThat(Suggestion.distance(a, b) == 0).as(a + " " + b).isEqualTo(a.equals(b));
        }
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(6), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
