package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Inventories of Ansible, read by asrdoctor and by ansible-core: hosts, groups and their precedence, the options of every
 * host's own connection plugin, what {@code --limit} selects, and what {@code ansible-inventory --list --yaml} makes of
 * them. A folder of src/test/resources/ansible may have {@code limits.txt}, and {@code expected.txt} with what asrdoctor
 * refuses: {@code HOST: words}, or {@code *: words} for the whole file.
 */
@Tag("contract")
class AnsibleInventoriesTest {
    private static final int LEAST_INVENTORIES = 100;
    private static final String REFUSED = "refused: ";

    @TempDir
    private Path home;

    /** An inventory of the corpus in a private copy. */
    private record Case(String name, Path file, List<String> limits, Map<String, String> refusals) {}

    @TestFactory
    Stream<DynamicTest> areReadAsAnsibleReadsThem() throws Exception {
        AnsibleTruth.python();
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_INVENTORIES);
        List<AnsibleTruth.Asked> asked = new ArrayList<>();
        for (Case each : cases) {
            List<String> limits = each.limits().stream()
                    .map(limit -> limit.replaceFirst("^" + REFUSED, ""))
                    .toList();
            asked.add(new AnsibleTruth.Asked(each.file(), limits, home.resolve(each.name() + ".export.yml")));
        }
        AnsibleTruth truth = AnsibleTruth.of(asked, home);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            JsonNode answer = truth.of(i);
            Path export = Objects.requireNonNull(asked.get(i).export());
            tests.add(DynamicTest.dynamicTest(each.name(), () -> compare(each, answer, export)));
        }
        return tests.stream();
    }

    private static void compare(Case each, JsonNode answer, Path export) throws Exception {
        if (each.refusals().containsKey("*")) {
            assertThat(answer.has("unread")
                            || each.name().contains("-typo-")
                            || each.name().contains("bad-range-5"))
                    .as("Ansible refuses it too, or a mistake is told that Ansible passes over")
                    .isTrue();
            assertThatThrownBy(() -> InventoryLoader.load(each.file()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(each.refusals().get("*"));
            return;
        }
        assertThat(answer.has("unread")).as("Ansible reads it: " + answer).isFalse();
        Inventory inventory;
        try {
            inventory = InventoryLoader.load(each.file());
        } catch (ConfigException e) {
            if (answer.get("hosts").valueStream().noneMatch(host -> host.has("plugin"))) {
                assertThat(e).hasMessageContaining("reaches no host of this inventory by WinRM");
                return;
            }
            throw e;
        }
        hosts(each, inventory, answer);
        for (String limit : each.limits()) {
            limit(each, inventory, limit, answer);
        }
        if (each.refusals().isEmpty() && !each.name().endsWith("-unsafe")) {
            // Ansible writes out a text that is no template as one that is.
            exported(inventory, export);
        }
    }

    private static void hosts(Case each, Inventory inventory, JsonNode answer) {
        JsonNode hosts = answer.get("hosts");
        assertThat(inventory.ansible().hosts())
                .as("hosts in Ansible's order")
                .containsExactlyElementsOf(hosts.propertyNames());
        Map<String, Server> servers = new LinkedHashMap<>();
        inventory.servers().forEach(server -> servers.put(server.name(), server));
        Set<String> visited = new LinkedHashSet<>();
        for (String name : hosts.propertyNames()) {
            JsonNode host = hosts.get(name);
            if (each.refusals().containsKey(name)) {
                assertThat(servers).doesNotContainKey(name);
                assertThat(inventory.ansible().refusals())
                        .as("what is told of " + name)
                        .anyMatch(
                                told -> told.message().contains(each.refusals().get(name))
                                        && told.message().contains(name));
            } else if (host.has("plugin")) {
                assertThat(servers).as(inventory.ansible().refusals() + "").containsKey(name);
                AnsibleComparison.compare(inventory, servers.get(name), AnsibleComparison.plugin(host, name), name);
                visited.add(name);
            } else {
                assertThat(inventory.ansible().elsewhere(Set.of(name)))
                        .contains(name, host.get("connection").asString());
            }
        }
        assertThat(servers.keySet()).containsExactlyElementsOf(visited);
    }

    private static void limit(Case each, Inventory inventory, String written, JsonNode answer) throws Exception {
        boolean refused = written.startsWith(REFUSED);
        String limit = written.replaceFirst("^" + REFUSED, "");
        JsonNode truth = answer.get("limits").get(limit);
        Selection.Wanted wanted = new Selection.Wanted(List.of(), List.of(limit));
        List<String> visitable = inventory.servers().stream().map(Server::name).toList();
        List<String> chosen =
                truth.isArray() ? truth.valueStream().map(JsonNode::asString).toList() : List.of();
        try {
            List<String> ours = Selection.choose(inventory, wanted).servers().stream()
                    .map(Server::name)
                    .toList();
            assertThat(refused).as("'%s' is refused", limit).isFalse();
            assertThat(ours)
                    .as("'%s' selects %s", limit, truth)
                    .isEqualTo(visitable.stream().filter(chosen::contains).toList());
        } catch (SelectionException e) {
            assertThat(refused || visitable.stream().noneMatch(chosen::contains))
                    .as("'%s': %s, and Ansible selects %s", limit, e.getMessage(), truth)
                    .isTrue();
        } catch (ConfigException e) {
            assertThat(each.refusals().keySet())
                    .as("'%s': %s", limit, e.getMessage())
                    .containsAnyElementsOf(chosen);
        }
    }

    /** What Ansible writes out is the same inventory. */
    private static void exported(Inventory inventory, Path export) throws Exception {
        Files.setPosixFilePermissions(export, PosixFilePermissions.fromString("rw-------"));
        Inventory again = InventoryLoader.load(export);
        assertThat(again.servers())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("groups", "tags")
                .containsExactlyInAnyOrderElementsOf(inventory.servers());
        for (Server server : again.servers()) {
            assertThat(server.groups())
                    .containsExactlyInAnyOrderElementsOf(inventory.servers().stream()
                            .filter(other -> other.name().equals(server.name()))
                            .findFirst()
                            .orElseThrow()
                            .groups());
        }
    }

    private List<Case> cases() throws IOException {
        Path corpus = Peers.project("src/test/resources/ansible");
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.list(corpus)) {
            for (Path folder : folders.sorted().toList()) {
                cases.add(copied(folder));
            }
        }
        return cases;
    }

    private Case copied(Path folder) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Path copy = home.resolve(name);
        Path inventory = null;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(folder.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
                if (file.getParent().equals(folder)
                        && String.valueOf(file.getFileName()).startsWith("hosts")) {
                    inventory = to;
                }
            }
        }
        if (inventory == null) {
            return fail(folder + " has no file that is called hosts");
        }
        Map<String, String> refusals = new LinkedHashMap<>();
        for (String line : lines(folder.resolve("expected.txt"))) {
            int colon = line.indexOf(": ");
            refusals.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new Case(name, inventory, lines(folder.resolve("limits.txt")), refusals);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
