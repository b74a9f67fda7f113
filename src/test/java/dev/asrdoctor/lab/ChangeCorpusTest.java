package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.Expectation;
import dev.asrdoctor.change.Expectations;
import dev.asrdoctor.change.FleetChange;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Each change of src/test/resources/change/corpus.yaml gets exactly the verdict and the differences that it says. */
class ChangeCorpusTest {
    private static final Map<String, Object> CORPUS = corpus();

    @TempDir
    Path folder;

    static Stream<String> cases() {
        return table(CORPUS.get("cases")).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsExactlyWhatTheChangeDid(String name) throws Exception {
        Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
        Assessment assessment = assess(told, before(told), after(told));
        Map<String, Object> found = found(assessment);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("verdict", told.get("verdict"));
        for (String part : List.of("differences", "problems", "missing")) {
            if (!list(told.get(part)).isEmpty()) {
                expected.put(part, list(told.get(part)));
            }
        }
        assertThat(found)
                .as(name + ": " + JsonMapper.shared().writeValueAsString(found))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readingTheSameServersTwiceFindsNothing(String name) throws Exception {
        Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
        Assessment assessment = assess(Map.of(), after(told), after(told));
        assertThat(assessment.comparison().differences()).isEmpty();
        assertThat(assessment.servers())
                .flatExtracting(ServerChange::problems)
                .extracting(ProblemChange::kind)
                .allMatch(ProblemChange.Kind.UNCHANGED::equals);
        assertThat(assessment.verdict()).isEqualTo(assessment.anyUnread() ? Verdict.FAIL : Verdict.PASS);
    }

    @Test
    void theCorpusHasEveryVerdictAndThirtyChanges() {
        Map<String, Object> cases = table(CORPUS.get("cases"));
        assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
        assertThat(cases.values().stream().map(value -> table(value).get("verdict")))
                .contains("PASS", "NOTES", "FAIL")
                .doesNotContainNull();
    }

    private static Map<String, Object> found(Assessment assessment) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("verdict", assessment.verdict().name());
        List<String> differences = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ServerChange server : assessment.servers()) {
            server.drift()
                    .forEach(drift ->
                            differences.add((drift.declared() == null ? "" : "declared ") + text(drift.difference())));
            if (server.unread() != null) {
                problems.add("unreachable @" + server.server());
            }
            server.problems().forEach(problem -> problems.add(text(problem)));
            server.missing().forEach(one -> missing.add(one.expectation().path() + " @" + server.server()));
        }
        assessment
                .missingAnywhere()
                .forEach(one -> missing.add(one.expectation().path() + " @any"));
        Map.of("differences", differences, "problems", problems, "missing", missing)
                .forEach((part, lines) -> {
                    if (!lines.isEmpty()) {
                        found.put(part, lines);
                    }
                });
        return found;
    }

    private static String text(Difference difference) {
        String before = difference.before();
        String after = difference.after();
        return before == null
                ? "+ " + difference.path()
                : after == null ? "- " + difference.path() : difference.path() + ": " + before + " -> " + after;
    }

    private static String text(ProblemChange problem) {
        String subject = problem.finding().subject();
        return problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                + problem.finding().check() + (subject.isEmpty() ? "" : " " + subject) + " @" + problem.server();
    }

    private Assessment assess(Map<String, Object> told, Map<String, Object> before, Map<String, Object> after)
            throws Exception {
        Judged was = judged(before, "before");
        Judged is = judged(after, "after");
        List<String> servers = List.copyOf(before.keySet());
        List<Expectation> expectations = List.of();
        if (told.get("declared") != null) {
            Map<String, Object> file = new LinkedHashMap<>(table(told.get("declared")));
            file.put("version", 1);
            expectations = Expectations.load(
                    Files.writeString(
                            folder.resolve("declared.yaml"), JsonMapper.shared().writeValueAsString(file)),
                    servers);
        }
        return Assessment.of(servers, was, is, expectations, List.of());
    }

    private Judged judged(Map<String, Object> servers, String name) throws Exception {
        Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("version", 1);
        scenario.put("servers", servers);
        ModelRun run = ModelRun.of(
                ScenarioReader.read(YamlFile.parse(JsonMapper.shared().writeValueAsString(scenario), "corpus"), null)
                        .servers(),
                Files.createDirectories(folder.resolve(name)));
        return new Judged(FleetChange.readings(run.visits()), run.reports());
    }

    private static Map<String, Object> before(Map<String, Object> told) {
        Map<String, Object> servers = new LinkedHashMap<>();
        Map<String, Object> said = told.get("before") == null ? Map.of("ps-01", Map.of()) : table(told.get("before"));
        said.forEach((name, words) -> servers.put(name, whole(table(words))));
        return servers;
    }

    private static Map<String, Object> after(Map<String, Object> told) {
        Map<String, Object> servers = before(told);
        table(told.get("after"))
                .forEach((name, words) -> servers.put(name, merged(table(servers.get(name)), whole(table(words)))));
        return servers;
    }

    private static Map<String, Object> whole(Map<String, Object> words) {
        Map<String, Object> own = new LinkedHashMap<>(words);
        Map<String, Object> merged = new LinkedHashMap<>();
        for (String fragment : list(own.remove("is"))) {
            merged = merged(
                    merged,
                    table(Objects.requireNonNull(table(CORPUS.get("fragments")).get(fragment), fragment)));
        }
        return merged(merged, own);
    }

    private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> merged.put(
                key,
                value instanceof Map<?, ?> && merged.get(key) instanceof Map<?, ?>
                        ? merged(table(merged.get(key)), table(value))
                        : value));
        return merged;
    }

    private static Map<String, Object> corpus() {
        try {
            return table(YamlFile.read(Peers.project("src/test/resources/change/corpus.yaml"))
                    .plain());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> table(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<String> list(Object value) {
        return value == null
                ? List.of()
                : value instanceof List<?> many
                        ? many.stream().map(String::valueOf).toList()
                        : List.of(value.toString());
    }
}
