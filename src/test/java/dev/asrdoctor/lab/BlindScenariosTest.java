package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Each world of src/test/resources/diagnosis/blind/scenarios is one that the lab can simulate, and has its story. */
class BlindScenariosTest {
    private static final Path BLIND = Path.of("src/test/resources/diagnosis/blind");

    static List<Path> scenarios() throws Exception {
        if (!Files.isDirectory(BLIND.resolve("scenarios"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(BLIND.resolve("scenarios"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("scenarios")
    void isAWorldOfTheLabAndHasItsStory(Path file) throws Exception {
        Map<?, ?> told = (Map<?, ?>)
                YamlFile.parse(Files.readString(file), file.toString()).plain();
        Map<Object, Object> world = new LinkedHashMap<>(told);
        Object cannot = world.remove("cannot");
        String text = JsonMapper.shared().writeValueAsString(world);

        Scenario scenario = ScenarioReader.read(YamlFile.parse(text, file.toString()), null);

        assertThat(scenario.servers()).isNotEmpty();
        assertThat(BLIND.resolve("words").resolve(file.getFileName().toString()))
                .exists();
        assertThat(cannot == null ? List.of("-") : new ArrayList<>((List<?>) cannot))
                .as("what the lab cannot say")
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one).isInstanceOf(String.class));
        for (SimServer server : scenario.servers()) {
            World made = WorldMaker.make(server, InstantSource.system());
            assertThat(made.machine().live()).isNotNull();
        }
    }
}
