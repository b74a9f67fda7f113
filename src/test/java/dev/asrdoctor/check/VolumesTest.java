package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.SystemFacts.Volume;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumesTest {
    private static final List<Volume> VOLUMES = List.of(
            new Volume("C:\\", 100, 50L),
            new Volume("C:\\Mount\\Scratch\\", 100, 50L),
            new Volume("\\\\?\\Volume{1}\\", 1, 1L));

    @ParameterizedTest
    @CsvSource({
        "C:\\Windows, C:\\",
        "c:\\mount\\scratch, C:\\Mount\\Scratch\\",
        "C:/Mount/Scratch/x, C:\\Mount\\Scratch\\",
        "C:\\Mount\\Scratchy, C:\\",
        "D:\\x, ",
    })
    void findsTheVolumeThatIsMountedNearestAboveAFolder(String folder, String volume) {
        assertThat(Volumes.holding(VOLUMES, folder).map(Volume::name).orElse(null))
                .isEqualTo(volume);
    }
}
