package dev.asrdoctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.report.view.CheckPage;
import dev.asrdoctor.report.view.ChecksView;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Run with -Dpages=write to write docs/checks anew. */
class CheckPagesTest {
    private static final Path FOLDER = Peers.project("docs/checks");

    private static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("README.md", ChecksView.index(Checks.all()));
        Checks.all().forEach(check -> pages.put(check.id() + ".md", Shown.in("markdown", CheckPage.of(check.about()))));
        return pages;
    }

    @Test
    void thePagesInDocsSayWhatTheCodeSays() throws IOException {
        if ("write".equals(System.getProperty("pages"))) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> page : pages().entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(found).isEqualTo(pages());
    }

    @Test
    void everyStepOfTheArticleAndEveryAreaIsJudged() {
        Set<Integer> steps = new HashSet<>();
        Set<FactArea<?>> areas = new HashSet<>();
        for (Check check : Checks.all()) {
            About about = check.about();
            steps.add(about.step());
            areas.addAll(about.areas());
            assertThat(about.why()).as(about.id()).isNotBlank();
            assertThat(about.fix()).as(about.id()).isNotBlank();
            assertThat(about.deployments()).as(about.id()).isNotEmpty();
        }
        assertThat(steps).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(areas).containsExactlyInAnyOrderElementsOf(FactArea.all());
        assertThat(Checks.ids()).doesNotHaveDuplicates();
    }
}
