package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.assess.FleetDiagnosis;
import dev.asrdoctor.change.FactDiff;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.DetectedDeployment;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.RemedyPlanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Facts of which a part is null, of another type, empty, huge, negative or gone are refused, or judged like any others. */
class DamagedFactsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> CHECKS = Set.copyOf(Checks.ids());

    @TempDir
    static Path folder;

    private static List<Outcome.Done<Facts>> whole = List.of();

    @BeforeAll
    static void readTheLab() throws Exception {
        List<Outcome.Done<Facts>> read = new ArrayList<>();
        for (String name : List.of("healthy", "antivirus", "firewalls", "proxies", "sources", "uploads", "bandwidth")) {
            ModelRun run = ModelRun.of(
                    ScenarioReader.read(YamlFile.parse(Scenarios.source(name), name), null)
                            .servers(),
                    Files.createDirectories(folder.resolve(name)));
            for (Outcome<Facts> visit : run.visits()) {
                if (visit instanceof Outcome.Done<Facts> done) {
                    read.add(done);
                }
            }
        }
        whole = List.copyOf(read);
    }

    /** Answers are read as they are parsed, saved facts from a tree. */
    @Test
    void anAnswerAndADocumentOfTheSameFormAreReadAlike() throws Exception {
        Random random = new Random(20261130);
        for (int i = 0; i < 3000; i++) {
            Outcome.Done<Facts> one = whole.get(random.nextInt(whole.size()));
            ObjectNode document = FactsJson.toDocument(one.value());
            String what = i % 3 == 0 ? "nothing" : damage((ObjectNode) document.get("areas"), random);
            assertThat(areas(() -> FactsJson.fromAnswer(
                            document.toString(),
                            one.server().name(),
                            one.value().readAt(),
                            Duration.ofSeconds(1))))
                    .as(what)
                    .isEqualTo(areas(() -> FactsJson.fromDocument(document)));
        }
    }

    private static Object areas(Supplier<Facts> read) {
        try {
            return Map.copyOf(read.get().areas());
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void nothingInFactsMakesJudgingThemFail() throws Exception {
        Random random = new Random(20261129);
        int judged = 0;
        for (int i = 0; i < 4000; i++) {
            Outcome.Done<Facts> one = whole.get(random.nextInt(whole.size()));
            ObjectNode document = FactsJson.toDocument(one.value());
            String what = "";
            for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
                what += damage((ObjectNode) document.get("areas"), random) + " ";
            }
            Facts facts;
            try {
                facts = FactsJson.fromAnswer(
                        document.toString(), one.server().name(), one.value().readAt(), Duration.ofSeconds(1));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
                continue;
            }
            try {
                judge(one.server(), one.value(), facts);
                judged++;
            } catch (RuntimeException e) {
                fail("of " + one.server().name() + ": " + what, e);
            }
        }
        assertThat(judged).isGreaterThan(500);
    }

    private static void judge(Server server, Facts before, Facts facts) throws Exception {
        ServerReport report = Checks.judge(facts, server, Policy.DEFAULT, CHECKS);
        List<Outcome<Facts>> visits = new ArrayList<>(whole);
        visits.add(new Outcome.Done<>(server, facts));
        assertThat(FleetCheck.judge(visits.subList(visits.size() - 1, visits.size()), Policy.DEFAULT, CHECKS))
                .hasSize(1);
        FleetDiagnosis.of(List.of(report), visits, KnowledgeReader.shipped(), Set.of(server.name()));
        RemedyPlanner.plan(DetectedDeployment.resolve(server, facts), facts, Policy.DEFAULT);
        FactDiff.compare(
                Map.of(server.name(), new Reading.Read(before)), Map.of(server.name(), new Reading.Read(facts)));
        assertThat(FactsJson.toDocument(facts.packed()).toString())
                .isEqualTo(FactsJson.toDocument(facts).toString());
    }

    /** Changes one value somewhere. */
    private static String damage(JsonNode root, Random random) {
        JsonNode at = root;
        StringBuilder path = new StringBuilder();
        while (true) {
            List<String> names = new ArrayList<>();
            at.propertyNames().forEach(names::add);
            int size = at.isArray() ? at.size() : names.size();
            if (size == 0) {
                return path + " is empty";
            }
            int chosen = random.nextInt(size);
            JsonNode child = at.isArray() ? at.get(chosen) : at.get(names.get(chosen));
            path.append('/').append(at.isArray() ? String.valueOf(chosen) : names.get(chosen));
            boolean deeper = child.isContainer() && !child.isEmpty() && random.nextInt(8) > 0;
            if (deeper) {
                at = child;
                continue;
            }
            JsonNode value = odd(child, random);
            if (at instanceof ArrayNode list) {
                list.set(chosen, value);
                if (random.nextBoolean()) {
                    list.add(value);
                }
            } else if (random.nextInt(10) == 0) {
                ((ObjectNode) at).remove(names.get(chosen));
            } else {
                ((ObjectNode) at).set(names.get(chosen), value);
            }
            return path + " = " + StringUtils.abbreviate(value.toString(), 60);
        }
    }

    private static JsonNode odd(JsonNode was, Random random) {
        if (was.isString() && random.nextBoolean()) {
            return JSON.stringNode(oddText(was.stringValue(), random));
        }
        return switch (random.nextInt(14)) {
            case 0, 1 -> JSON.nullNode();
            case 2 -> JSON.stringNode(oddText(was.toString(), random));
            case 3 -> JSON.numberNode(Long.MAX_VALUE);
            case 4 -> JSON.numberNode(Long.MIN_VALUE);
            case 5 -> JSON.numberNode(-1);
            case 6 -> JSON.numberNode(0);
            case 7 -> JSON.numberNode(1e300);
            case 8 -> JSON.booleanNode(random.nextBoolean());
            case 9 -> JSON.arrayNode();
            case 10 -> JSON.arrayNode().add(JSON.nullNode());
            case 11 -> JSON.objectNode();
            case 12 -> JSON.arrayNode().add(was).add("x");
            default -> JSON.numberNode(random.nextLong());
        };
    }

    private static String oddText(String was, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> " ";
            case 2 -> was + was;
            case 3 -> was.substring(0, was.length() / 2);
            case 4 -> "\\";
            case 5 -> ":";
            case 6 -> "%\\E$1{each}" + was;
            case 7 -> StringUtils.repeat("a*", 3000);
            case 8 -> "+1000000000-12-31T23:59:59.999999999Z";
            case 9 -> "0000-01-01T00:00:00Z";
            case 10 -> "http://[::1";
            default -> "99999999999999999999";
        };
    }
}
