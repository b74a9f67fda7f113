package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WholeProgramTest {
    private static final int INTERRUPT = 2;

    @TempDir
    Path folder;

    @Test
    void stoppingTheProgramLeavesNoShellOnAnyServer() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..20}: { remoteTime: 60s }")) {
            Process check = java("check", "-i", lab.inventory().toString());
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (lab.lab().openShells() < 20 && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
                assertThat(lab.lab().openShells()).isEqualTo(20);
                check.destroy();
                assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(check.exitValue()).isNotZero();
                assertThat(lab.lab().openShells()).isZero();
            } finally {
                check.destroyForcibly();
            }
        }
    }

    @Test
    void stoppingTheProgramShowsWhatIsKnownAndWhomItWaitedFor() throws Exception {
        Path kill = Path.of("/bin/kill");
        Assumptions.assumeTrue(Files.isExecutable(kill), "skipped: /bin/kill is not there");
        Assumptions.assumeFalse(
                interruptIsIgnored(),
                "skipped: whatever runs these tests, as a shell's background job, ignores SIGINT");
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..3}: {}\nps-slow: { remoteTime: 90s }")) {
            // One after the other, so that the last one is begun when all others have ended.
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            Process check = new ProcessBuilder(
                            command("check", "-i", lab.inventory().toString(), "--concurrency", "1"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (lab.lab().endpoint("ps-slow").openShells() == 0 && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
                new ProcessBuilder(kill.toString(), "-INT", Long.toString(check.pid()))
                        .start()
                        .waitFor();
                assertThat(check.waitFor(80, TimeUnit.SECONDS)).isTrue();
            } finally {
                check.destroyForcibly();
            }
            assertThat(check.exitValue()).isEqualTo(130);
            assertThat(Files.readString(out))
                    .contains("PASS    ps-1", "PASS    ps-2", "PASS    ps-3")
                    .contains("the run was stopped while it was waiting for this server");
            assertThat(Files.readString(err))
                    .contains("stopped; no shell was left behind", "3 of 4 servers had ended; it waited for ps-slow");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    /** What is ignored here is ignored by every program that is started here. */
    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .sum();
        return (ignored & (1 << (INTERRUPT - 1))) != 0;
    }

    @Test
    void aDiskThatTakesNoMoreLosesNothingAndLeavesNothingHalfWritten() throws Exception {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(Files.isExecutable(shell), "skipped: /bin/sh is not there");
        Path facts = folder.resolve("facts");
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..3}: {}")) {
            Process check = new ProcessBuilder(
                            shell.toString(),
                            "-c",
                            "ulimit -f 4; exec \"$@\"",
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:-UsePerfData",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "check",
                            "-i",
                            lab.inventory().toString(),
                            "--save-facts",
                            facts.toString())
                    .start();
            String out = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(check.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).isEqualTo(2);
            assertThat(out).contains("3 servers: 3 healthy");
            assertThat(err)
                    .startsWith("asrdoctor: the facts could not be saved in ")
                    .hasLineCount(1);
            assertThat(facts).isEmptyDirectory();
        }
    }

    @Test
    void theDemoShowsTwelveServersOfWhichTwoCannotBeReached() {
        Ended ended = new Commands().run("demo");
        assertThat(ended.out())
                .contains("12 servers: 2 healthy, 8 failing, 2 unknown")
                .doesNotContain("\u001b[");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void theDemoHealsWhatMayBeHealed() {
        Ended ended = HealedDemo.ENDED;
        assertThat(ended.out())
                .contains("6 steps done and verified, 1 not healed")
                .contains("cxprocessserver is left alone: it is disabled");
        assertThat(ended.code()).isEqualTo(4);
    }

    @Test
    void theBenchMeasuresTheControllerAlone() {
        Ended ended =
                new Commands().run("bench", "--servers", "20", "--remote-time", "50ms", "--rounds", "1", "-o", "json");
        JsonNode figures = new JsonMapper().readTree(ended.out());
        assertThat(figures.path("servers").asInt()).isEqualTo(20);
        assertThat(figures.path("healthy").asInt()).isEqualTo(20);
        assertThat(figures.path("wallSeconds").asDouble()).isPositive();
        assertThat(figures.at("/controller/cpuMillisPerServer").isNumber()).isTrue();
        assertThat(figures.at("/controller/threads").asInt()).isPositive();
        JsonNode round = figures.path("rounds").get(0);
        assertThat(round.path("allocatedKiBPerServer").asDouble()).isPositive();
        assertThat(round.path("firstResultSeconds").asDouble())
                .isGreaterThanOrEqualTo(0.05)
                .isLessThan(round.path("wallSeconds").asDouble());
        assertThat(ended.code()).isZero();
    }

    @Test
    void theBenchMeasuresTheSameOverTls() {
        Ended ended = new Commands()
                .run("bench", "--servers", "3", "--remote-time", "50ms", "--rounds", "1", "--transport", "https");
        assertThat(ended.out()).contains("3 healthy");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theLabNamesItsScenarios() {
        Ended ended = new Commands().run("lab", "--list");
        assertThat(ended.out()).contains("demo ").contains("wire-faults ");
        assertThat(ended.out().lines()).allMatch(line -> line.matches("[a-z-]+ +\\S.*"));
        assertThat(ended.code()).isZero();
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : List.of("check", "remediate", "inventory", "demo", "lab", "bench")) {
            Ended ended = new Commands().run(command, "--help");
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).startsWith("Usage: asrdoctor " + command);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process java(String... arguments) throws Exception {
        return new ProcessBuilder(command(arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
