package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiffCommandTest {
    @TempDir
    Path folder;

    @Test
    void savedFactsAreComparedWithoutAnyServer() throws Exception {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        try (LabFixture lab = LabFixture.start(
                folder, "ps-1: { changes: [{ script: 2, service: svagents, state: stopped }] }\nps-2: {}")) {
            for (Path set : new Path[] {one, other}) {
                new Commands().run("check", "-i", lab.inventory().toString(), "--save-facts", set.toString());
            }
        }
        Ended same = diff(one, one);
        assertThat(same.code()).isZero();
        assertThat(same.out()).isEqualTo("2 servers, no difference\n");
        Ended changed = diff(one, other);
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).isEqualTo("""
                ~ ps-1/services/svagents/state: running -> stopped

                2 servers, 1 difference
                """);
        Path json = folder.resolve("diff.json");
        Files.writeString(json, diff(one, other, "-o", "json").out());
        assertThat(Schemas.complaints("src/main/resources/schemas/diff-1.schema.json", json))
                .isEmpty();
        JsonNode told = new JsonMapper().readTree(Files.readString(json));
        assertThat(told.at("/differences/0/after").asString()).isEqualTo("stopped");
        assertThat(told.path("before")).isNotEqualTo(told.path("after"));
        Files.delete(other.resolve("ps-2.json"));
        assertThat(diff(one, other).out()).contains("- ps-2 is gone");
    }

    @Test
    void aFolderThatHoldsNoFactsIsToldInOneLine() {
        Ended ended = diff(folder, folder);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("holds no facts").hasLineCount(1);
        assertThat(diff(folder.resolve("none"), folder).err()).contains("there is no folder");
    }

    private static Ended diff(Path before, Path after, String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "diff";
        args[1] = before.toString();
        args[2] = after.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return new Commands().run(args);
    }
}
