package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.lab.Scenarios;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The tenant's ids, which an appliance's files are full of, and its credential store are in nothing that is printed or kept. */
class ApplianceSecretsTest {
    /** Everything in the lab's files of an appliance and of what is joined to one that no finding needs. */
    private static final String MARK = "never-to-be-read";

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noneOfTheMarkedTextsLeavesTheServer() throws Exception {
        assertThat(Scenarios.source("appliances")).contains(MARK);
        try (Lab lab = Lab.start(
                Scenarios.source("appliances"), "appliances", Lab.Options.NONE, "secret-1", Clock.systemUTC())) {
            Path inventory = folder.resolve("lab.yaml");
            lab.writeInventory(inventory);
            String i = inventory.toString();
            List<Ended> all = List.of(
                    run("check", "-i", i, "--profile", "full", "-v", "--save-facts", file("facts")),
                    run(
                            "check",
                            "-i",
                            i,
                            "-o",
                            "json=" + file("r.json"),
                            "-o",
                            "csv=" + file("r.csv"),
                            "-o",
                            "junit=" + file("r.xml"),
                            "-o",
                            "html=" + file("r.html")),
                    run("diagnose", "-i", i, "-o", "json"),
                    run("remediate", "-i", i, "--plan-out", file("plan.json")));

            assertThat(all).allSatisfy(ended -> {
                assertThat(ended.err()).doesNotContain("Exception");
                assertThat(ended.out() + ended.err()).doesNotContain(MARK);
            });
            assertThat(Files.readString(folder.resolve("r.json")))
                    .contains("a classic process server is installed beside it");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(MARK);
                }
            }
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Ended run(String... args) {
        return new Commands().with("ASRDOCTOR_LAB_PASSWORD", "secret-1").run(args);
    }
}
