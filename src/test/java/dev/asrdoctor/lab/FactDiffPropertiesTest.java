package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.FactDiff;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.fleet.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The comparison over everything that the lab's servers tell, changed leaf by leaf and in every harmless way. */
class FactDiffPropertiesTest {
    /** What differs from one reading to the next of a server that nobody has touched. */
    private static final Pattern ALWAYS_DIFFERS = Pattern.compile(String.join(
            "|",
            "host/(utcNow|bootedAt)",
            "services/(source|eventsError|events/.*)",
            "services/services/\\*/(displayName|exitCode|serviceExitCode|processId|processStartedAt)",
            "system/volumes/\\*/freeBytes",
            "performance/.*",
            "cache/(complete|files|bytes|oldestAt|largestFolder|largestBytes)",
            "(heartbeat|transport|marslog)/logs/.*",
            "transport/transferTest/.*",
            "time/(lastKnownGood|eventsError|events/.*)",
            "upload/(method|processes/\\*/(id|readBytes|writeBytes))",
            "connections/.*",
            "bandwidth/(windowMillis|segmentsSent|segmentsSentAgain)",
            "bandwidth/links/\\*/(sentBytes|errors|discarded|errorsSinceBoot)",
            ".*/(attempts|urls|answers|addresses|bypassed|served|controls)/\\*/(millis|name)",
            "(heartbeat/connection|transport/answer|source/configurationServer)/(millis|name)",
            "(firewall/urls|marslog/addresses)/\\*/(address|httpStatus|tls/(subject|notBefore|notAfter|thumbprint))",
            "history/.*",
            "licence/licences/\\*/graceMinutes",
            "serving/listeners/\\*/process",
            "time/answers/.*",
            "transport/others/.*"));
    /** What a list is compared by: one goes and another comes. */
    private static final Pattern NATURAL_KEY = Pattern.compile(String.join(
            "|",
            "services/services/\\*/name",
            "services/services/\\*/dependsOn/\\*",
            "system/(features|otherProducts)/\\*",
            "system/(adapters|volumes|hosts)/\\*/name",
            "system/adapters/\\*/(addresses|gateways|resolvers)/\\*",
            "antivirus/(exclusions|policyPaths|drivers|scanners)/\\*",
            "firewall/profiles/\\*/(name|from)",
            "crypto/(protocols/\\*/(version|side)|dotNet/\\*/bits)",
            "bandwidth/(links|qos)/\\*/name",
            "source/addresses/\\*",
            "product/joinedTo/\\*",
            "appliance/components/\\*/file",
            "appliance/(programs|policies)/\\*/name",
            "appliance/policiesUnread/\\*",
            "certificates/named/\\*/place",
            "certificates/store/\\*/thumbprint",
            "serving/listeners/\\*/port",
            "serving/profiles/\\*/(name|from)",
            "(serving/served|source/controls)/\\*/(host|port)",
            "licence/licences/\\*/(status|evaluation)",
            "serving/unread/\\*"));
    /** A measure that is one of two, so that the other alone may not be decisive. */
    private static final Pattern MEASURE = Pattern.compile("upload/(windowMillis|marsBytes|processes/\\*/otherBytes)");
    /** The same is tried several times, and what comes of it is told once where it is the same. */
    private static final Pattern ONE_OF_SEVERAL_TRIES =
            Pattern.compile("(source/attempts|firewall/urls|proxy/answers|proxy/bypassed)/\\*/(host|port)");

    /** Addresses that the log names: those of one side alone say nothing. */
    private static final Pattern KEY_OF_WHAT_IS_COMPARED_IF_COMMON =
            Pattern.compile("marslog/addresses/\\*/(host|port)");

    private static List<Facts> all = List.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void readTheLab() throws Exception {
        List<Facts> read = new ArrayList<>();
        for (String name : List.of(
                "healthy",
                "antivirus",
                "firewalls",
                "proxies",
                "sources",
                "uploads",
                "bandwidth",
                "history",
                "appliances")) {
            ModelRun run = ModelRun.of(
                    ScenarioReader.read(YamlFile.parse(Scenarios.source(name), name), null)
                            .servers(),
                    Files.createDirectories(folder.resolve(name)));
            for (Outcome<Facts> visit : run.visits()) {
                if (visit instanceof Outcome.Done<Facts> done) {
                    read.add(done.value());
                }
            }
        }
        all = List.copyOf(read);
        assertThat(all).hasSizeGreaterThan(20);
        for (FactArea<?> area : FactArea.all()) {
            assertThat(all).as(area.id()).anyMatch(facts -> facts.get(area) instanceof Area.Read<?>);
        }
    }

    @Test
    void theSameFactsAreTheSame() {
        for (Facts facts : all) {
            assertThat(differences(facts, facts)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void orderAndWhateverAlwaysDiffersMakesNoDifference(int seed) {
        Random random = new Random(seed);
        Set<String> disturbed = new TreeSet<>();
        for (Facts facts : all) {
            ObjectNode other = document(facts);
            ((ObjectNode) other).put("readAt", "2031-01-01T00:00:00Z").put("tookMillis", random.nextInt(90_000));
            disturb(other.path("areas"), "", random, disturbed);
            assertThat(other.path("areas")).isNotEqualTo(document(facts).path("areas"));
            assertThat(differences(facts, FactsJson.fromDocument(other)))
                    .as(facts.server())
                    .isEmpty();
        }
        assertThat(disturbed)
                .contains(
                        "host/bootedAt",
                        "services/services/*/processId",
                        "services/services/*/processStartedAt",
                        "system/volumes/*/freeBytes",
                        "bandwidth/links/*/sentBytes",
                        "order of services/services",
                        "order of firewall/urls");
    }

    @Test
    void oneChangedLeafIsExactlyThatDifferenceAndTheSameTheOtherWayRound() {
        Map<String, Integer> looked = new LinkedHashMap<>();
        Set<Map.Entry<String, JsonNode>> seen = new HashSet<>();
        for (Facts facts : all) {
            ObjectNode document = document(facts);
            // Servers that differ in one area are the same in the others.
            Set<String> unseen = document.path("areas").properties().stream()
                    .filter(area -> seen.add(Map.entry(area.getKey(), area.getValue())))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            for (Leaf leaf : leaves(document)) {
                if (!unseen.contains(leaf.area())) {
                    continue;
                }
                ObjectNode changed = document.deepCopy();
                if (!leaf.change(changed)) {
                    continue;
                }
                Facts other = FactsJson.fromDocument(changed);
                List<Difference> found = differences(facts, other);
                String of = facts.server() + ": " + leaf.rule() + " " + leaf.pointer();
                assertThat(differences(other, facts).stream().map(Difference::reversed))
                        .as(of)
                        .containsExactlyInAnyOrderElementsOf(found);
                looked.merge(leaf.rule(), 1, Integer::sum);
                if (ALWAYS_DIFFERS.matcher(leaf.rule()).matches()
                        || KEY_OF_WHAT_IS_COMPARED_IF_COMMON
                                .matcher(leaf.rule())
                                .matches()) {
                    assertThat(found).as(of).isEmpty();
                } else if (NATURAL_KEY.matcher(leaf.rule()).matches()) {
                    assertThat(found.stream().map(Difference::kind))
                            .as(of)
                            .containsExactlyInAnyOrder("added", "removed");
                } else if (ONE_OF_SEVERAL_TRIES.matcher(leaf.rule()).matches()) {
                    assertThat(found.stream().map(Difference::kind)).as(of).contains("added");
                } else if (MEASURE.matcher(leaf.rule()).matches()) {
                    assertThat(found).as(of).hasSizeLessThanOrEqualTo(1);
                } else {
                    assertThat(found).as(of).hasSize(1);
                    assertThat(found.getFirst().path()).startsWith(facts.server() + "/" + leaf.area() + "/");
                }
            }
        }
        assertThat(looked.keySet())
                .contains(
                        "services/services/*/startType",
                        "firewall/urls/*/outcome",
                        "antivirus/exclusions/*",
                        "proxy/mars/address",
                        "product/version",
                        "upload/processes/*/otherBytes");
    }

    @Test
    void anAreaThatCanNoLongerBeReadIsOneDifferenceAndOneThatNobodyAskedForIsTold() {
        Facts facts = all.getFirst();
        Facts unreadable = facts.with(FactArea.SYSTEM, new Area.Unreadable<>("AccessDenied", "Zugriff verweigert"));
        assertThat(differences(facts, unreadable))
                .containsExactly(
                        new Difference(facts.server(), facts.server() + "/system", "read", "unreadable: AccessDenied"));
        Comparison comparison = compare(facts, facts.with(FactArea.SYSTEM, Area.notAsked()));
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.notCompared()).containsExactly(facts.server() + "/system");
    }

    @Test
    void aServerThatIsMissingOrCouldNotBeReadIsOneDifference() {
        Facts facts = all.getFirst();
        Reading read = new Reading.Read(facts);
        Reading unread = new Reading.Unread("tcp", "connection-refused", "refused", "look");
        assertThat(FactDiff.compare(Map.of("a/b", read), Map.of("a/b", unread)).differences())
                .containsExactly(new Difference("a/b", "a%2Fb", "read", "not read: connection-refused"));
        assertThat(FactDiff.compare(Map.of("a", read), Map.of()).differences())
                .containsExactly(new Difference("a", "a", "read", null));
        assertThat(FactDiff.compare(Map.of("a", unread), Map.of("a", unread)).differences())
                .isEmpty();
    }

    @Test
    void throughputDiffersOnlyBeyondNoise() {
        Facts facts = all.stream()
                .filter(one -> one.read(FactArea.UPLOAD) != null
                        && one.read(FactArea.UPLOAD).bytesPerSecond() > 1_000_000)
                .findFirst()
                .orElseThrow();
        for (double factor : List.of(0.3, 0.9, 1.0, 2.0, 3.9)) {
            assertThat(differences(facts, uploading(facts, factor)))
                    .as(factor + "")
                    .isEmpty();
        }
        for (double factor : List.of(0.01, 0.2, 5.0, 50.0)) {
            assertThat(differences(facts, uploading(facts, factor)))
                    .as(factor + "")
                    .extracting(Difference::path)
                    .containsExactly(facts.server() + "/upload/bytesPerSecond");
        }
    }

    private static Facts uploading(Facts facts, double factor) {
        ObjectNode document = document(facts);
        ObjectNode upload = (ObjectNode) document.at("/areas/upload/data");
        upload.put("marsBytes", (long) (upload.path("marsBytes").asLong(0) * factor));
        upload.path("processes")
                .forEach(process -> ((ObjectNode) process)
                        .put("otherBytes", (long) (process.path("otherBytes").asLong(0) * factor)));
        return FactsJson.fromDocument(document);
    }

    @Test
    void everyValueIsLookedAtOnceHoweverManyThereAre() {
        assertThat(compare(services(20_000, 1), services(20_000, 2)).values())
                .isEqualTo(10 * compare(services(2_000, 1), services(2_000, 2)).values());
    }

    @Test
    void oneOfAHundredThousandServicesThatDiffersIsFound() {
        Facts before = services(100_000, 1);
        List<ServiceFact> list = new ArrayList<>(before.read(FactArea.SERVICES).services());
        ServiceFact one = list.get(77_777);
        list.set(
                77_777,
                new ServiceFact(
                        one.name(),
                        one.displayName(),
                        ServiceState.STOPPED,
                        StartType.AUTOMATIC,
                        0L,
                        0L,
                        0L,
                        null,
                        List.of(),
                        one.imagePath(),
                        one.account()));
        Facts after = before.with(FactArea.SERVICES, new Area.Read<>(new ServicesFacts("cim", list, List.of(), null)));
        assertThat(differences(before, after))
                .containsExactly(
                        new Difference("big", "big/" + "services/" + one.name() + "/state", "running", "stopped"));
    }

    private static Facts services(int count, int seed) {
        List<ServiceFact> services = IntStream.range(0, count)
                .mapToObj(i -> new ServiceFact(
                        "svc" + i,
                        "Service " + i,
                        ServiceState.RUNNING,
                        StartType.AUTOMATIC,
                        0L,
                        0L,
                        (long) i + seed,
                        null,
                        List.of(),
                        "C:\\svc" + i + ".exe",
                        "LocalSystem"))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(services, new Random(seed));
        return new Facts("big", Instant.EPOCH, Duration.ZERO, Area.notAsked(), Area.notAsked())
                .with(FactArea.SERVICES, new Area.Read<>(new ServicesFacts("cim", services, List.of(), null)));
    }

    private static List<Difference> differences(Facts before, Facts after) {
        return compare(before, after).differences();
    }

    private static Comparison compare(Facts before, Facts after) {
        return FactDiff.compare(
                Map.of(before.server(), new Reading.Read(before)), Map.of(after.server(), new Reading.Read(after)));
    }

    private static ObjectNode document(Facts facts) {
        return FactsJson.toDocument(facts);
    }

    /** Every list in another order, every value that always differs another one. */
    private static void disturb(JsonNode node, String rule, Random random, Set<String> disturbed) {
        switch (node) {
            case ArrayNode list -> {
                List<JsonNode> items = new ArrayList<>();
                list.forEach(items::add);
                Collections.shuffle(items, random);
                if (items.size() > 1) {
                    disturbed.add("order of " + rule);
                }
                list.removeAll();
                items.forEach(list::add);
                list.forEach(item -> disturb(item, rule + "/*", random, disturbed));
            }
            case ObjectNode table ->
                table.propertyNames().stream().toList().forEach(name -> {
                    String inner = name.equals("data") && !rule.contains("/")
                            ? rule
                            : rule.isEmpty() ? name : rule + "/" + name;
                    JsonNode value = table.get(name);
                    if (!value.isContainer() && ALWAYS_DIFFERS.matcher(inner).matches()) {
                        JsonNode other = other(value, inner, random.nextInt(1, 1000));
                        if (other != null) {
                            disturbed.add(inner);
                            table.set(name, other);
                        }
                    } else {
                        disturb(value, inner, random, disturbed);
                    }
                });
            default -> {}
        }
    }

    private record Leaf(String pointer, String rule) {
        String area() {
            return rule.substring(0, rule.indexOf('/'));
        }

        /** False where there is no other value that means something. */
        boolean change(ObjectNode document) {
            JsonNode parent = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
            String name = pointer.substring(pointer.lastIndexOf('/') + 1)
                    .replace("~1", "/")
                    .replace("~0", "~");
            JsonNode other = other(document.at(pointer), rule, 1);
            if (other == null) {
                return false;
            }
            if (parent instanceof ArrayNode list) {
                list.set(Integer.parseInt(name), other);
            } else {
                ((ObjectNode) parent).set(name, other);
            }
            return true;
        }
    }

    private static List<Leaf> leaves(ObjectNode document) {
        List<Leaf> leaves = new ArrayList<>();
        document.path("areas").properties().forEach(area -> {
            JsonNode data = area.getValue().path("data");
            collect(data, "/areas/" + area.getKey() + "/data", area.getKey(), leaves);
        });
        return leaves;
    }

    private static void collect(JsonNode node, String pointer, String rule, List<Leaf> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            entry.getValue(),
                            pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                            rule + "/" + entry.getKey(),
                            leaves));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, rule + "/*", leaves);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            leaves.add(new Leaf(pointer, rule));
        }
    }

    private static JsonNode other(JsonNode value, String rule, int by) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value.isBoolean()) {
            return json.booleanNode(!value.asBoolean());
        }
        if (value.isIntegralNumber()) {
            boolean wide = !rule.endsWith("/id") && !rule.endsWith("/port");
            return json.numberNode(value.asLong() * (wide ? 10 : 1) + (wide ? 90_000_000L : 0) + by);
        }
        if (!value.isString()) {
            return null;
        }
        String text = value.stringValue();
        if (rule.equals("services/services/*/state")) {
            return json.stringNode(text.equals("running") ? "stopped" : "running");
        }
        if (rule.equals("services/services/*/startType")) {
            return json.stringNode(text.equals("automatic") ? "manual" : "automatic");
        }
        try {
            return json.stringNode(
                    Instant.parse(text).plus(Duration.ofHours(by)).toString());
        } catch (DateTimeParseException e) {
            return json.stringNode(text + "x" + by);
        }
    }
}
