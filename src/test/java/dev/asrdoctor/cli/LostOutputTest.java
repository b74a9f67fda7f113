package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.StandardStream;
import dev.asrdoctor.cli.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cannot be written is told by its name and ends with 2, and nothing stays there by halves. */
class LostOutputTest {
    private static final String SERVERS = "ps-1: { services: { svagents: stopped } }\nps-2: {}";

    @TempDir
    static Path folder;

    private static LabFixture lab;

    @BeforeAll
    static void someServersFactsAWindowAndAJournal() throws Exception {
        lab = LabFixture.start(folder, SERVERS);
        assertThat(run("check -i LAB --save-facts DIR/facts").code()).isEqualTo(1);
        assertThat(run("change open CHG1 -i LAB --state DIR/state --until 4h ps-2")
                        .code())
                .isZero();
        assertThat(run("change verify CHG1 --state DIR/state").code()).isZero();
        Files.writeString(folder.resolve("journal.jsonl"), "");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @ParameterizedTest(name = "asrdoctor {0}")
    @ValueSource(
            strings = {
                "",
                "--help",
                "--version",
                "check --help",
                "check --facts DIR/facts",
                "check --facts DIR/facts -v",
                "check --facts DIR/facts -q",
                "check --facts DIR/facts -o json",
                "check --facts DIR/facts -o csv",
                "check --facts DIR/facts -o junit",
                "check -i LAB",
                "diagnose --facts DIR/facts",
                "diagnose --facts DIR/facts -o json",
                "diagnose --facts DIR/facts ps-1",
                "doctor -i LAB ps-2",
                "doctor -i LAB ps-2 -o json",
                "diff DIR/facts DIR/facts",
                "diff DIR/facts DIR/facts -o json",
                "checks",
                "checks -o json",
                "explain services.running",
                "inventory list -i LAB",
                "inventory list -i LAB -o json",
                "inventory validate -i LAB",
                "inventory init DIR/first.yaml --force",
                "journal --journal DIR/journal.jsonl",
                "journal --journal DIR/journal.jsonl -o json",
                "journal --journal DIR/journal.jsonl -o csv",
                "journal --journal DIR/journal.jsonl --verify",
                "change list --state DIR/state",
                "change list --state DIR/state -o json",
                "change show CHG1 --state DIR/state",
                "change show CHG1 --state DIR/state -o json",
                "change show CHG1 --state DIR/state -o html",
                "change show CHG1 --state DIR/state -o markdown",
                "change verify CHG1 --state DIR/state",
                "change open CHG2 -i LAB --state DIR/state2 --until 4h ps-2",
                "remediate -i LAB --journal DIR/none.jsonl",
                "remediate -i LAB --journal DIR/none.jsonl -o json",
                "remediate -i LAB --journal DIR/none.jsonl --unattended --log DIR/run.log",
                "lab --list",
            })
    void aStreamThatTakesNoMoreEndsEveryCommandWithTwo(String command) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                edges(),
                StandardStream.of(new Full(), StandardCharsets.UTF_8, false),
                new PrintWriter(err, true),
                words(command));

        assertThat(err.toString()).contains("the standard output could not be written: No space left on device");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void whatWentOutBeforeTheEndIsLostNoLessThanTheRest() {
        StringWriter err = new StringWriter();
        OutputStream once = new OutputStream() {
            private int writes;

            @Override
            public void write(int b) throws IOException {
                if (++writes == 100) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        int code = Main.run(
                edges(),
                StandardStream.of(once, StandardCharsets.UTF_8, false),
                new PrintWriter(err, true),
                words("checks"));

        assertThat(err.toString()).contains("the standard output could not be written: Broken pipe");
        assertThat(code).isEqualTo(2);
    }

    /** Each command with the file that it cannot write; what a limit of the process refuses a full disk refuses too. */
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("check --facts DIR/facts -o json=OUT/r.json", "r.json"),
            Map.entry("check --facts DIR/facts -o csv=OUT/r.csv", "r.csv"),
            Map.entry("check --facts DIR/facts -o junit=OUT/r.xml -o text", "r.xml"),
            Map.entry("check --facts DIR/facts -o text=OUT/r.txt", "r.txt"),
            Map.entry("check -i LAB --save-facts OUT/kept", "ps-1.json"),
            Map.entry("change show CHG1 --state DIR/state -o html=OUT/c.html", "c.html"),
            Map.entry("change show CHG1 --state DIR/state -o markdown=OUT/c.md -o text", "c.md"),
            Map.entry("change verify CHG1 --state DIR/state", "CHG1"),
            Map.entry("change extend CHG1 --state DIR/state --until 8h", "CHG1"),
            Map.entry("change open CHG9 -i LAB --state OUT/state --until 4h ps-2", "CHG9"),
            Map.entry("remediate -i LAB --journal DIR/none.jsonl --plan-out OUT/p.json", "p.json"),
            Map.entry("remediate -i LAB --apply --journal OUT/j.jsonl", "j.jsonl"),
            Map.entry("remediate -i LAB --journal DIR/none.jsonl --unattended --log OUT/run.log", "run.log"),
            Map.entry("remediate -i LAB --apply --journal DIR/x.jsonl --unattended --log OUT/run.log", "run.log"),
            Map.entry("lab --inventory-out OUT/l.yaml", "l.yaml"),
            Map.entry("inventory init OUT/first.yaml", "first.yaml"),
            Map.entry("demo", "inventory.yaml"));

    @Test
    void aFullDiskIsToldWithTheFilesNameByEveryCommandAndLeavesNothingThere() throws Exception {
        Path out = Files.createDirectory(folder.resolve("full"));
        List<String> commands = FILES.keySet().stream().sorted().toList();
        List<Ended> ended = underALimit(commands, out);
        SoftAssertions soft = new SoftAssertions();
        for (int i = 0; i < commands.size(); i++) {
            soft.assertThat(ended.get(i).code())
                    .as(commands.get(i) + "\n" + ended.get(i))
                    .isEqualTo(2);
            soft.assertThat(ended.get(i).err() + ended.get(i).out())
                    .as(commands.get(i))
                    .contains(FILES.get(commands.get(i)))
                    .contains("File too large");
        }
        soft.assertAll();
        try (Stream<Path> left = Files.walk(out)) {
            assertThat(left.filter(Files::isRegularFile).filter(LostOutputTest::holdsSomething))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "check --facts DIR/facts -o json=/sys/r.json | /sys",
                "check -i LAB --save-facts /sys/kept | /sys/kept",
                "change show CHG1 --state DIR/state -o html=/sys/c.html | /sys",
                "change open CHG9 -i LAB --state /sys/state --until 4h ps-2 | /sys/state",
                "remediate -i LAB --journal DIR/none.jsonl --plan-out /sys/p.json | /sys",
                "remediate -i LAB --apply --journal /sys/j.jsonl | /sys/j.jsonl",
                "remediate -i LAB --journal DIR/none.jsonl --unattended --log /sys/run.log | /sys/run.log",
                "lab --inventory-out /sys/l.yaml | /sys",
                "inventory init /sys/first.yaml | /sys",
            })
    void aFolderThatTakesNoFilesIsToldByEveryCommand(String command, String named) {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/sys")), "skipped: there is no /sys");

        Ended ended = run(command);

        assertThat(ended.err()).contains(named).doesNotContain("Exception").hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    private static boolean holdsSomething(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static List<Ended> underALimit(List<String> commands, Path out) throws Exception {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(Files.isExecutable(shell), "skipped: /bin/sh is not there");
        List<String> line = new ArrayList<>(List.of(
                shell.toString(),
                "-c",
                "ulimit -f 0; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                InOneProcess.class.getName()));
        for (String command : commands) {
            line.add(String.join("\t", words(command.replace("OUT", out.toString()))));
        }
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        List<Ended> ended = new ArrayList<>();
        for (String each : told.split("\u0001", -1)) {
            String[] parts = each.split("\u0002", -1);
            if (parts.length == 3) {
                ended.add(new Ended(Integer.parseInt(parts[0]), parts[1], parts[2]));
            }
        }
        assertThat(ended).hasSameSizeAs(commands);
        return ended;
    }

    /** Runs one command after another, which is quicker than a process for each. */
    static final class InOneProcess {
        private InOneProcess() {}

        public static void main(String[] commands) {
            for (String command : commands) {
                Ended ended = new Commands().run(command.split("\t"));
                System.out.print(ended.code() + "\u0002" + ended.out() + "\u0002" + ended.err() + "\u0001");
            }
            System.out.flush();
        }
    }

    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    private static Edges edges() {
        return new Edges(Map.of(), new Terminal(false, false), InstantSource.system(), new Random(), question -> null);
    }

    private static Ended run(String command) {
        return new Commands().run(words(command));
    }

    private static String[] words(String command) {
        return command.isEmpty()
                ? new String[0]
                : Stream.of(command.split(" "))
                        .map(word -> word.replace("DIR", folder.toString())
                                .replace("LAB", lab.inventory().toString()))
                        .toArray(String[]::new);
    }
}
