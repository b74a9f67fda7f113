package dev.asrdoctor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.config.ConfigException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeReaderTest {
    private static final String GOOD = """
            version: 1
            causes:
              own:
                title: an own cause of {subject}
                needs: [{ check: services.running, status: fail, where: { problem: [stopped, stuck-*] } }]
                next: do this
            """;

    private static Knowledge parse(String text) throws ConfigException {
        return KnowledgeReader.parse(text, "causes.yaml", Map.of());
    }

    @Test
    void whatIsShippedNamesOnlyKnownChecksAndRivals() {
        assertThat(KnowledgeReader.shipped().causes()).hasSizeGreaterThan(50);
        Set<String> asked = new HashSet<>();
        KnowledgeReader.shipped().flow().forEach(question -> asked.addAll(question.checks()));
        assertThat(asked)
                .containsAll(Checks.ids().stream()
                        .filter(id -> !id.equals("policy.waivers"))
                        .toList());
    }

    @Test
    void ownCausesStandBesideThoseKnownOrReplaceThem() throws Exception {
        Knowledge both = KnowledgeReader.shipped().with(parse(GOOD));
        assertThat(both.cause("own")).isPresent();
        assertThat(both.cause("proxy-down")).isPresent();
        assertThat(both.flow()).isEqualTo(KnowledgeReader.shipped().flow());
        Knowledge replaced = KnowledgeReader.shipped().with(parse(GOOD.replace("own:", "service-stopped:")));
        assertThat(replaced.cause("service-stopped").orElseThrow().next()).isEqualTo("do this");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services.running | services.runing | causes.yaml:5:22: no check is called 'services.runing'; did you mean",
                "fail             | fails           | causes.yaml:5:48: 'fails' is not one of",
                "needs            | need            | causes.yaml:4:5: 'needs' is missing here",
                "next             | nexst           | causes.yaml:6:5: unknown key 'nexst'; did you mean 'next'?",
                "where            | were            | unknown key 'were'; did you mean 'where'?",
                "version: 1       | version: 9      | this file is of version 9",
            })
    void everyMistakeIsToldWithItsPlace(String right, String wrong, String message) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse(GOOD.replace(right, wrong)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "where: { lines: { matches: '(' } }",
                "where: { percent: { above: much } }",
                "where: { percent: { over: 3 } }",
                "where: { percent: {} }",
                "of: neighbour",
                "of: same-colour",
                "alike: { evidence: x, within: 1, among: self, percent: 500, least: 2 }",
            })
    void badConditionsAreRefused(String condition) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse(GOOD.replace("where: { problem: [stopped, stuck-*] }", condition)));
    }

    @Test
    void anUnknownRivalOrRemedyIsRefused() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse(GOOD + "    rivals: [{ cause: nobody, decide: look }]\n"))
                .withMessageContaining("no cause is called 'nobody'");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse(GOOD + "    remedy: reboot\n"))
                .withMessageContaining("no remedy is called 'reboot'");
    }

    @Test
    void everyShippedCauseSaysWhatToDoAndSpeaksInFilledSentences() {
        for (Cause cause : KnowledgeReader.shipped().causes().values()) {
            assertThat(cause.next()).as(cause.id()).isNotBlank();
            assertThat(cause.needs()).as(cause.id()).isNotEmpty();
            assertThat(Stream.of(cause.needWords(), cause.explainWords()).flatMap(words -> words.stream()))
                    .as(cause.id())
                    .allSatisfy(words -> assertThat(words).isNotBlank());
        }
    }
}
