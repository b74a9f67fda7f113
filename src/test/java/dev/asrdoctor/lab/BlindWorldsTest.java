package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.diagnosis.KnowledgeReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores that docs/diagnosis.md tells are never gone below; {@code -Dblind=print} prints them. */
class BlindWorldsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"learning, 126, 5", "measured, 90, 13"})
    void holdsWhatItHasReached(String half, int right, int forbidden) throws Exception {
        List<BlindWorlds.Outcome> outcomes = BlindWorlds.outcomes(half, folder);
        if ("print".equals(System.getProperty("blind"))) {
            BlindWorlds.print(half, outcomes, System.out);
        }
        BlindWorlds.Score all = BlindWorlds.scores(outcomes).get("all");
        assertThat(all.right()).as("worlds with the right cause first").isGreaterThanOrEqualTo(right);
        assertThat(all.forbidden()).as("worlds that are led astray").isLessThanOrEqualTo(forbidden);
    }

    @Test
    void everyAnswerNamesCausesThatThereAre() throws Exception {
        Set<String> known = KnowledgeReader.shipped().causes().keySet();
        List<String> strange = new ArrayList<>();
        for (BlindWorlds.World world : BlindWorlds.worlds()) {
            world.named().filter(id -> !known.contains(id)).forEach(strange::add);
        }
        assertThat(strange).isEmpty();
    }
}
