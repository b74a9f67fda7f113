package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.inventory.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Inventories that nobody thought of mean what they mean in Ansible; {@code -Dansible.inventories=N} draws more. */
@Tag("contract")
class AnsibleByChanceTest {
    private static final int FIRST_SEED = Integer.getInteger("ansible.seed", 2_611);
    private static final int INVENTORIES = Integer.getInteger("ansible.inventories", 80);

    @TempDir
    private Path home;

    @Test
    void areReadAsAnsibleReadsThem() throws Exception {
        AnsibleTruth.python();
        List<AnsibleTruth.Asked> asked = new ArrayList<>();
        for (int i = 0; i < INVENTORIES; i++) {
            AnsibleByChance drawn = new AnsibleByChance(FIRST_SEED + i);
            Path file = drawn.write(home.resolve("drawn-" + (FIRST_SEED + i)));
            asked.add(new AnsibleTruth.Asked(file, drawn.limits(), null));
        }
        AnsibleTruth truth = AnsibleTruth.of(asked, home);
        SoftAssertions softly = new SoftAssertions();
        int compared = 0;
        for (int i = 0; i < INVENTORIES; i++) {
            AnsibleTruth.Asked each = asked.get(i);
            JsonNode answer = truth.of(i);
            String what = each.inventory() + "\n" + Files.readString(each.inventory());
            softly.assertThatCode(() -> compare(each, answer)).as(what).doesNotThrowAnyException();
            compared += answer.has("unread") ? 0 : 1;
        }
        softly.assertAll();
        assertThat(compared).as("inventories that Ansible reads").isGreaterThan(INVENTORIES / 3);
    }

    private static void compare(AnsibleTruth.Asked asked, JsonNode answer) throws Exception {
        Inventory inventory;
        try {
            inventory = InventoryLoader.load(asked.inventory());
        } catch (ConfigException e) {
            assertThat(answer.has("unread") || answer.get("hosts").valueStream().noneMatch(host -> host.has("plugin")))
                    .as("refused, but Ansible reads it: " + e.getMessage())
                    .isTrue();
            return;
        }
        assertThat(answer.has("unread"))
                .as("read, but Ansible refuses it: " + answer)
                .isFalse();
        JsonNode hosts = answer.get("hosts");
        assertThat(inventory.ansible().hosts()).containsExactlyElementsOf(hosts.propertyNames());
        Map<String, Server> servers = new LinkedHashMap<>();
        inventory.servers().forEach(server -> servers.put(server.name(), server));
        for (String name : hosts.propertyNames()) {
            JsonNode host = hosts.get(name);
            if (servers.containsKey(name)) {
                AnsibleComparison.compare(inventory, servers.get(name), AnsibleComparison.plugin(host, name), name);
            } else if (host.has("plugin") && !host.has("failure")) {
                assertThat(inventory.ansible().refusals())
                        .as(name + " is refused for what cannot be known")
                        .extracting(Problem::message)
                        .anyMatch(told -> told.contains("is a template") || told.contains("in quotation marks"));
            } else if (!host.has("failure")) {
                assertThat(inventory.ansible().elsewhere(Set.of(name)))
                        .contains(host.get("connection").asString());
            }
        }
        if (inventory.ansible().refusals().isEmpty()) {
            limits(inventory, asked.limits(), answer);
        }
    }

    private static void limits(Inventory inventory, List<String> limits, JsonNode answer) throws Exception {
        List<String> visitable = inventory.servers().stream().map(Server::name).toList();
        for (String limit : limits) {
            JsonNode truth = answer.get("limits").get(limit);
            List<String> chosen = truth.isArray()
                    ? truth.valueStream().map(JsonNode::asString).toList()
                    : List.of();
            List<String> expected = visitable.stream().filter(chosen::contains).toList();
            try {
                Selection.Chosen ours = Selection.choose(inventory, new Selection.Wanted(List.of(), List.of(limit)));
                assertThat(ours.servers()).as(limit).extracting(Server::name).isEqualTo(expected);
            } catch (SelectionException e) {
                assertThat(expected.isEmpty()
                                || e.getMessage().contains("matches no host")
                                || e.getMessage().contains("no order"))
                        .as(limit + " selects " + expected + ": " + e.getMessage())
                        .isTrue();
            }
        }
    }
}
