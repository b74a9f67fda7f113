package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.assess.FleetDiagnosis;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each case of src/test/resources/diagnosis/corpus.yaml gets exactly the root causes that it says, and so do its variants with
 * other names, addresses, ports, orders, languages and healthy neighbours.
 */
class DiagnosisCorpusTest {
    private static final int VARIANTS = 3;
    private static final List<String> CULTURES = List.of("en-US", "fr-FR", "de-DE", "ja-JP");
    private static final Map<String, Object> CORPUS = corpus();

    @TempDir
    Path folder;

    static Stream<String> cases() {
        return table(CORPUS.get("cases")).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesTheRootCause(String name) throws Exception {
        Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
        verify(name, told, diagnose(servers(told), new Random(0), false), servers -> servers);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesTheSameCauseWhateverNamesNumbersOrderAndLanguage(String name) throws Exception {
        Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
        for (int seed = 1; seed <= VARIANTS; seed++) {
            Variant variant = Variant.of(servers(told), told.get("alone") == null, seed);
            verify(
                    name + ", variant " + seed,
                    told,
                    diagnose(variant.servers(), new Random(seed), true),
                    variant::renamed);
        }
    }

    /** On servers that have nothing to do with each other, whatever is wrong with the ones says nothing of the others. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30
            })
    void twoCasesSideBySideKeepTheirCauses(int seed) throws Exception {
        List<String> independent =
                cases().filter(DiagnosisCorpusTest::isIndependent).toList();
        Random random = new Random(seed);
        String one = independent.get(random.nextInt(independent.size()));
        String other = independent.get(random.nextInt(independent.size()));
        Map<String, Object> servers = new LinkedHashMap<>();
        Set<String> expected = new TreeSet<>();
        for (String name : List.of(one, other)) {
            Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
            Variant variant = Variant.of(servers(told), false, seed * 2 + (servers.isEmpty() ? 0 : 1));
            variant.servers().forEach((server, words) -> {
                Map<String, Object> placed = new LinkedHashMap<>(table(words));
                placed.put("site", table(words).getOrDefault("site", "x") + "-" + name);
                servers.put(server, placed);
            });
            list(told.get("expect")).forEach(cause -> expected.add(cause.replaceFirst("@.*", "")));
        }
        Set<String> named = new TreeSet<>();
        diagnose(servers, random, true).causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .forEach(cause -> named.add(cause.cause()));
        assertThat(named).as(one + " beside " + other).isEqualTo(expected);
    }

    /** Neither about clocks, which are compared, nor about a configuration server, which all of them share. */
    private static boolean isIndependent(String name) {
        Map<String, Object> told = table(table(CORPUS.get("cases")).get(name));
        return told.get("alone") == null
                && told.get("undecided") == null
                && Stream.concat(Stream.of(name), list(told.get("expect")).stream())
                        .noneMatch(word -> word.contains("clock")
                                || word.contains("time")
                                || word.contains("configuration-server")
                                || word.contains("cs-")
                                || word.contains("dns"))
                && table(told.get("servers")).keySet().stream().allMatch(Variant::moves);
    }

    @Test
    void theCorpusHasEveryCausePairsMissingFactsAndDecoys() {
        Map<String, Object> cases = table(CORPUS.get("cases"));
        assertThat(cases.size()).isGreaterThanOrEqualTo(60);
        assertThat(cases.keySet().stream().filter(name -> name.startsWith("pair-")))
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(cases.keySet().stream().filter(name -> name.startsWith("missing-")))
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(cases.keySet().stream().filter(name -> name.startsWith("decoy-")))
                .hasSizeGreaterThanOrEqualTo(10);
        TreeSet<String> told = new TreeSet<>();
        cases.values()
                .forEach(value -> Stream.of("expect", "also")
                        .flatMap(key -> list(table(value).get(key)).stream())
                        .forEach(cause -> told.add(cause.replaceFirst("@.*", ""))));
        Set<String> untold = new TreeSet<>(KnowledgeReader.shipped().causes().keySet());
        untold.removeAll(told);
        assertThat(untold).as("causes without a case").isEqualTo(Set.of("source-path-lossy"));
    }

    private interface Renaming {
        String name(String server);
    }

    private static void verify(String name, Map<String, Object> told, Diagnosis diagnosis, Renaming names) {
        List<String> expected = new ArrayList<>();
        for (String cause : list(told.get("expect"))) {
            expected.add(renamed(cause, names));
        }
        List<String> also = list(told.get("also")).stream()
                .map(cause -> renamed(cause, names))
                .toList();
        List<String> faults = diagnosis.causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .map(cause -> shown(cause, expected))
                .toList();
        List<String> others = diagnosis.causes().stream()
                .filter(cause -> cause.kind() != Cause.Kind.FAULT)
                .map(cause -> shown(cause, also))
                .toList();
        assertThat(faults).as(name + ": root causes").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(others).as(name + ": risks and things to watch").containsExactlyInAnyOrderElementsOf(also);
        Object next = told.get("next");
        if (next != null) {
            assertThat(diagnosis.causes().getFirst().nextAction())
                    .as(name + ": next action")
                    .containsIgnoringCase(next.toString());
        }
        List<String> undecided = list(told.get("undecided"));
        diagnosis.causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.FAULT)
                .forEach(cause -> {
                    List<String> with = cause.undecided() == null
                            ? List.of()
                            : cause.undecided().with();
                    assertThat(with)
                            .as(name + ": undecided about " + cause.cause())
                            .allMatch(undecided::contains);
                    assertThat(cause.confidence() < 0.7 || with.isEmpty()).isTrue();
                });
        if (!undecided.isEmpty()) {
            assertThat(diagnosis.causes().stream()
                            .map(Diagnosis.Named::undecided)
                            .filter(Objects::nonNull)
                            .flatMap(open -> open.with().stream()))
                    .as(name + ": undecided")
                    .containsAll(undecided);
        }
        if (told.get("shared") != null) {
            assertThat(diagnosis.causes().getFirst().shared()).as(name).isNotNull();
            assertThat(diagnosis.causes().getFirst().shared().attribute())
                    .as(name + ": shared")
                    .isEqualTo(told.get("shared"));
        }
        if (told.get("unsure") != null) {
            assertThat(diagnosis.causes().getFirst().confidence()).as(name).isLessThan(0.7);
        }
    }

    private static String renamed(String cause, Renaming names) {
        int at = cause.indexOf('@');
        return at < 0
                ? cause
                : cause.substring(0, at + 1)
                        + Stream.of(cause.substring(at + 1).split(","))
                                .map(names::name)
                                .collect(Collectors.joining(","));
    }

    /** With the server where the corpus names one. */
    private static String shown(Diagnosis.Named cause, List<String> expected) {
        String withServer = cause.cause() + "@" + String.join(",", cause.at());
        return expected.contains(withServer) || !expected.contains(cause.cause()) ? withServer : cause.cause();
    }

    private Diagnosis diagnose(Map<String, Object> servers, Random random, boolean shuffled) throws Exception {
        Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("version", 1);
        scenario.put("servers", servers);
        String text = JsonMapper.shared().writeValueAsString(scenario);
        ModelRun run = ModelRun.of(
                ScenarioReader.read(YamlFile.parse(text, "corpus"), null).servers(), folder);
        List<ServerReport> reports = new ArrayList<>(run.reports());
        if (shuffled) {
            Collections.shuffle(reports, random);
            reports.replaceAll(report -> {
                List<Finding> findings = new ArrayList<>(report.findings());
                Collections.shuffle(findings, random);
                return new ServerReport(report.server(), report.status(), findings);
            });
        }
        Diagnosis diagnosis = FleetDiagnosis.of(reports, run.visits(), KnowledgeReader.shipped(), Set.of());
        nothingThatFailsIsLeftOut(reports, diagnosis);
        return diagnosis;
    }

    private static void nothingThatFailsIsLeftOut(List<ServerReport> reports, Diagnosis diagnosis) {
        List<Finding> told = diagnosis.causes().stream()
                .flatMap(cause -> Stream.concat(cause.evidence().stream(), cause.explains().stream()))
                .map(Hit::finding)
                .toList();
        reports.forEach(report -> assertThat(report.findings().stream()
                        .filter(finding -> finding.status() == Status.FAIL)
                        .toList())
                .isSubsetOf(told));
    }

    /** The servers of a case, with the fragments that each names under {@code is} laid under its own words. */
    private static Map<String, Object> servers(Map<String, Object> told) {
        Map<String, Object> servers = new LinkedHashMap<>();
        table(told.get("servers")).forEach((name, value) -> {
            Map<String, Object> own = new LinkedHashMap<>(table(value));
            Map<String, Object> merged = new LinkedHashMap<>();
            for (String fragment : list(own.remove("is"))) {
                merged = merged(
                        merged,
                        table(Objects.requireNonNull(
                                table(CORPUS.get("fragments")).get(fragment), fragment)));
            }
            servers.put(name, merged(merged, own));
        });
        return servers;
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
            Path file = Peers.project("src/test/resources/diagnosis/corpus.yaml");
            return table(YamlFile.read(file).plain());
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

    /** The same servers under other names, with other addresses and ports, in another language, among healthy neighbours. */
    private record Variant(Map<String, Object> servers, String suffix) {
        /** @param company whether healthy neighbours change nothing */
        static Variant of(Map<String, Object> told, boolean company, int seed) {
            Random random = new Random(seed);
            String suffix = "-" + (char) ('a' + random.nextInt(26)) + (10 + random.nextInt(90));
            String json = JsonMapper.shared().writeValueAsString(told);
            for (String name : told.keySet().stream().filter(Variant::moves).toList()) {
                json = json.replaceAll(
                        "(?<![A-Za-z0-9-])" + Pattern.quote(name) + "(?=[\".])(?!\\.conf)",
                        Matcher.quoteReplacement(name + suffix));
            }
            json = json.replace("proxy.lab.test", "px" + seed + ".lab.test")
                    .replace(":8080", ":" + (3000 + 37 * seed))
                    .replace("\"8080\"", "\"" + (3000 + 37 * seed) + "\"")
                    .replace(":8080,", ":" + (3000 + 37 * seed) + ",")
                    .replace("ProxyPort\":8080", "ProxyPort\":" + (3000 + 37 * seed))
                    .replace("RemotePort\":8080", "RemotePort\":" + (3000 + 37 * seed))
                    .replace("10.20.0.8", "10.20." + (3 + seed) + ".8")
                    .replace("2000000000", Long.toString(1_500_000_000L + 100_000_000L * seed));
            Map<String, Object> renamed = table(JsonMapper.shared().readValue(json, Map.class));
            List<String> names = new ArrayList<>(renamed.keySet());
            Collections.shuffle(names, random);
            Map<String, Object> servers = new LinkedHashMap<>();
            for (String name : names) {
                Map<String, Object> server = new LinkedHashMap<>(table(renamed.get(name)));
                server.putIfAbsent("culture", CULTURES.get(random.nextInt(CULTURES.size())));
                servers.put(name, server);
            }
            for (int i = 0; company && i < seed; i++) {
                servers.put("bystander-" + i, Map.of("site", "elsewhere-" + i));
            }
            return new Variant(servers, suffix);
        }

        String renamed(String server) {
            return moves(server) ? server + suffix : server;
        }

        /** The simulated process servers know their configuration server by name. */
        private static boolean moves(String server) {
            return !server.startsWith("cs-");
        }
    }
}
