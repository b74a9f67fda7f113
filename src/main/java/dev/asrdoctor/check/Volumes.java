package dev.asrdoctor.check;

import dev.asrdoctor.facts.SystemFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.Strings;

/** Which volume a folder lies on; mounted folders are volumes too. */
final class Volumes {
    private Volumes() {}

    static Optional<SystemFacts.Volume> holding(List<SystemFacts.Volume> volumes, String folder) {
        String path = folder.replace('/', '\\') + "\\";
        return volumes.stream()
                .filter(volume -> !volume.name().isEmpty() && Strings.CI.startsWith(path, volume.name()))
                .max(Comparator.comparingInt(volume -> volume.name().length()));
    }
}
