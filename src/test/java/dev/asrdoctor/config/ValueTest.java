package dev.asrdoctor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    private static Value root(String text) throws ConfigException {
        return YamlFile.parse(text, "f");
    }

    private static Value value(String text) throws ConfigException {
        return root("v: " + text).table().orElseThrow().get("v").orElseThrow();
    }

    private static List<String> mistakes(Value value) {
        return value.problems().inOrder().stream().map(Problem::toString).toList();
    }

    private static <T> String mistakeOf(String text, Function<Value, Optional<T>> reading) throws ConfigException {
        Value value = value(text);
        assertThat(reading.apply(value)).isEmpty();
        assertThat(mistakes(value)).hasSize(1);
        return mistakes(value).getFirst();
    }

    @Test
    void everyValueKnowsItsPlace() throws Exception {
        Table table = root("a: 1\nb:\n  - x\n  - y\n").table().orElseThrow();
        assertThat(table.get("a").orElseThrow().at()).isEqualTo(new Position("f", 1, 4));
        assertThat(table.get("b").orElseThrow().list().get(1).at()).hasToString("f:4:5");
        assertThat(table.entries().get(1).at()).hasToString("f:2:1");
    }

    @Test
    void aNameGivenTwiceIsToldWithBothPlaces() throws Exception {
        Value root = root("port: 1\nsite: x\nport: 2\n");
        root.table();
        assertThat(mistakes(root)).containsExactly("f:3:1: 'port' is given twice; it stands already in line 1");
    }

    @Test
    void anUnknownNameIsToldWithTheNearestKnownOne() throws Exception {
        Value root = root("prot: 1\nzebra: 2\n");
        Table table = root.table().orElseThrow();
        table.get("port");
        table.rejectUnknown();
        assertThat(mistakes(root))
                .containsExactly("f:1:1: unknown key 'prot'; did you mean 'port'?", "f:2:1: unknown key 'zebra'");
    }

    @Test
    void aNameThatIsNoTextIsToldAndLeftOut() throws Exception {
        Value root = root("? [a]\n: 1\nb: 2\n");
        assertThat(root.table().orElseThrow().entries())
                .extracting(Table.Entry::name)
                .containsExactly("b");
        assertThat(mistakes(root)).containsExactly("f:1:3: a name has to be a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "\"5\"", "0", "10", "[1]", "{a: 1}", "99999999999", "-1", "010", "0x5", "true"})
    void whatIsNoWholeNumberInRangeIsTold(String text) throws Exception {
        assertThat(mistakeOf(text, v -> v.integer(1, 9)))
                .startsWith("f:1:4: expected a whole number from 1 to 9, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "1", "\"true\"", "[true]"})
    void whatIsNeitherTrueNorFalseIsTold(String text) throws Exception {
        assertThat(mistakeOf(text, Value::bool)).startsWith("f:1:4: expected true or false, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 s", "s", "-1s", "1w", "1e3s", "1.2345s", "9999999999s", "999999999d", "366d", "{}"})
    void whatIsNoDurationIsTold(String text) throws Exception {
        assertThat(mistakeOf(text, Value::duration))
                .startsWith("f:1:4: expected a duration such as 500ms, 90s, 2m or 1h");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "90s, PT1M30S", "1.5s, PT1.5S", "2m, PT2M", "1h, PT1H", "365d, PT8760H", "0s, PT0S"})
    void readsDurationsAsPeopleWriteThem(String text, Duration meant) throws Exception {
        assertThat(value(text).duration()).contains(meant);
    }

    @Test
    void listsAndTablesAreNoTexts() throws Exception {
        assertThat(mistakeOf("[a]", Value::text)).isEqualTo("f:1:4: expected a text here, not a list");
        assertThat(mistakeOf("{a: 1}", Value::text)).isEqualTo("f:1:4: expected a text here, not names with values");
        assertThat(mistakeOf("word", Value::table)).isEqualTo("f:1:4: expected names with values here, not 'word'");
    }

    @Test
    void numbersAndTruthAreTextsToo() throws Exception {
        assertThat(value("[5985, true, x]").texts()).containsExactly("5985", "true", "x");
    }

    @Test
    void aSingleValueIsAListOfOneAndAnEmptyOneIsMissing() throws Exception {
        assertThat(value("x").texts()).containsExactly("x");
        assertThat(root("v:\n").table().orElseThrow().get("v")).isEmpty();
    }

    @Test
    void aWordThatIsNotOneOfTheKnownOnesIsToldWithThem() throws Exception {
        Map<String, Integer> words = new LinkedHashMap<>();
        words.put("https", 1);
        words.put("http", 2);
        assertThat(mistakeOf("htps", v -> v.oneOf(words)))
                .isEqualTo("f:1:4: 'htps' is not one of https, http; did you mean 'https'?");
    }

    @Test
    void aTableOrListThatContainsItselfIsTold() throws Exception {
        Value table = root("&a\nb: *a\n");
        assertThat(table.table()).isEmpty();
        Value list = value("&l [*l]");
        assertThat(list.list()).isEmpty();
        assertThat(mistakes(table)).containsExactly("f:1:1: this value contains itself through an alias");
        assertThat(mistakes(list)).containsExactly("f:1:4: this list contains itself through an alias");
    }

    @Test
    void aVersionIsDemandedAndANewerOneToldAsSuch() throws Exception {
        for (String text : List.of("{}", "version:", "version: 0", "version: x", "version: 2")) {
            Value root = root(text);
            root.table().orElseThrow().requireVersion(1);
            assertThat(mistakes(root)).as(text).hasSize(1);
        }
        Value newer = root("version: 2");
        newer.table().orElseThrow().requireVersion(1);
        assertThat(mistakes(newer).getFirst())
                .contains("this file is of version 2")
                .contains("a newer one is needed");
    }

    @Test
    void mistakesAreToldOnceAndInTheOrderOfTheFile() {
        Problems problems = new Problems();
        problems.add(new Position("f", 10, 1), "c");
        problems.add(new Position("f", 2, 5), "b");
        problems.add(new Position("f", 2, 1), "a");
        problems.add(new Position("f", 2, 1), "a");
        assertThat(problems.inOrder()).extracting(Problem::message).containsExactly("a", "b", "c");
    }

    @Test
    void aMistakeIsOneShortLineThatATerminalDoesNotObey() {
        Problem problem = new Problem(new Position("f", 1, 1), "\u001b[2J\r\n\u202e\u2028" + "x".repeat(10_000));
        assertThat(problem.message()).startsWith("?[2J????xxx").endsWith("...").hasSizeLessThan(510);
    }
}
