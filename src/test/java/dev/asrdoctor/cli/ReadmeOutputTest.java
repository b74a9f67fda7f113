package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.lab.Scenarios;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is what the program prints. */
class ReadmeOutputTest {
    @TempDir
    Path folder;

    @Test
    void ofTheHealedDemo() throws Exception {
        assertThat(HealedDemo.ENDED.out()).contains(block("What was done\n"));
    }

    @Test
    void ofADiagnosis() throws Exception {
        try (LabFixture lab = LabFixture.of(folder, Scenarios.source("demo"))) {
            String printed = new Commands()
                    .run("diagnose", "-i", lab.inventory().toString())
                    .out();
            // Three dots stand for what the page leaves out.
            for (String part : block("1.  the MARS agent").split("(?m)^ +\\.\\.\\.\n")) {
                assertThat(printed).contains(part);
            }
        }
    }

    /** The block of the page that begins with these words. */
    private static String block(String beginning) throws Exception {
        String page = Files.readString(Peers.project("README.md"));
        int from = page.indexOf("```\n" + beginning) + "```\n".length();
        assertThat(from).as(beginning).isGreaterThan("```\n".length());
        return page.substring(from, page.indexOf("```", from));
    }
}
