package dev.asrdoctor.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md leads nobody to what is no longer there. */
class ArchitecturePageTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");
    private static final Pattern FLOOR = Pattern.compile("(?m)^\\| *(?:\\d|apart) *\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    private final String page;

    ArchitecturePageTest() throws Exception {
        page = Files.readString(Peers.project("docs").resolve("architecture.md"));
    }

    @Test
    void everyClassThatItNamesIsThere() throws Exception {
        Set<String> known = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Peers.project("src"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> known.add(name.substring(0, name.length() - ".java".length())));
        }
        Set<String> named = CLASS.matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(known).containsAll(named);
    }

    @Test
    void everyPackageHasItsFloor() throws Exception {
        List<String> floors = FLOOR.matcher(page)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map((MatchResult name) -> name.group(1))
                .toList();
        try (Stream<Path> packages = Files.list(Peers.project("src/main/java/dev/asrdoctor"))) {
            assertThat(floors)
                    .containsExactlyInAnyOrderElementsOf(packages.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .toList());
        }
    }
}
