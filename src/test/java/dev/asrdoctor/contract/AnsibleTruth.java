package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What ansible-core makes of inventories; one process reads them all (src/test/contract/ansible_truth.py). */
final class AnsibleTruth {
    /** A second on a machine of its own, and many on one that does other things. */
    private static final int AMPLE_SECONDS = 400;

    static final String PASSWORD_VARIABLE = "ASR_PASSWORD";
    static final String PASSWORD = "from the environment";

    /** The variables that each connection plugin documents. */
    private final JsonNode known;

    private final List<JsonNode> answers;

    /**
     * @param inventory the file
     * @param limits patterns for --limit
     * @param export where to write what {@code ansible-inventory --list --yaml} writes; null for nowhere
     */
    record Asked(
            Path inventory, List<String> limits, @Nullable Path export) {}

    private AnsibleTruth(JsonNode known, List<JsonNode> answers) {
        this.known = known;
        this.answers = answers;
    }

    /** Skips the test where ansible-core is missing. */
    static Path python() {
        return Peers.pythonWith("ansible.inventory.manager", "ansible-core");
    }

    static AnsibleTruth of(List<Asked> all, Path home) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Asked asked : all) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("path", asked.inventory().toString());
            line.put("limits", asked.limits());
            line.put("export", asked.export() == null ? null : asked.export().toString());
            lines.add(JsonMapper.shared().writeValueAsString(line));
        }
        ProcessBuilder builder = PeerProcess.of(
                home,
                List.of(
                        python().toString(),
                        Peers.project("src/test/contract/ansible_truth.py").toString()));
        builder.environment()
                .putAll(Map.of(
                        "ANSIBLE_HOME",
                        home.resolve("ansible").toString(),
                        "ANSIBLE_LOCAL_TEMP",
                        home.resolve("ansible-tmp").toString(),
                        "ANSIBLE_CONFIG",
                        Files.writeString(home.resolve("ansible.cfg"), "").toString(),
                        "HOME",
                        System.getProperty("user.home"),
                        PASSWORD_VARIABLE,
                        PASSWORD));
        PeerProcess.Ended ended = PeerProcess.run(builder, String.join("\n", lines) + "\n", AMPLE_SECONDS);
        List<JsonNode> answers = ended.stdout()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(answers).as(ended.said()).hasSize(all.size() + 1);
        return new AnsibleTruth(answers.getFirst(), answers.subList(1, answers.size()));
    }

    List<String> variables(String plugin) {
        return known.get(plugin).valueStream().map(JsonNode::asString).toList();
    }

    JsonNode of(int index) {
        return answers.get(index);
    }
}
