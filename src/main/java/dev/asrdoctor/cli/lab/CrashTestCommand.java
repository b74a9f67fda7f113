package dev.asrdoctor.cli.lab;

import dev.asrdoctor.cli.apart.LabRoom;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "crash-test",
        description = LabRoom.CRASH_TEST,
        footer = {"", "Exit codes: 0 all held, 1 something did not."})
public final class CrashTestCommand implements Callable<Integer> {
    private static final int SERVERS = 3;
    private static final List<String> SERVICES = List.of("tmansvc", "svagents");
    private static final String MANUAL = "cxprocessserver";
    private static final String SCENARIO = "version: 1\nservers:\n  ps-{1.." + SERVERS
            + "}: { remoteTime: 20ms, services: { tmansvc: stopped, svagents: stopped, " + MANUAL
            + ": { startType: manual } } }\n";
    private static final String POLICY = """
            version: 1
            remedy: { startWait: 5s, settle: 0s }
            guardRails: { backOff: 0s, restarts: 100, fleetPercent: 100, sitePercent: 100, deploymentPercent: 100,
                          unhealthyPercent: 100, failuresInARow: 0, secondLook: 100ms }
            remedies: { startTypes: apply }
            """;
    /** Every server has an intent and an outcome, and the file is there before the first. */
    private static final int BOUNDARIES = 2 * SERVERS + 1;

    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Option(names = "--times", paramLabel = "N", description = "How often to kill (default: ${DEFAULT-VALUE}).")
    int times = 20;

    @Option(names = "--seed", paramLabel = "N", description = "For the random instants (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @SuppressWarnings("NullAway.Init")
    public CrashTestCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        if (times < 1 || times > 100_000) {
            throw new UsageException("--times is 1 to 100000");
        }
        PrintWriter out = spec.commandLine().getOut();
        Random random = new Random(seed);
        List<String> broken = new ArrayList<>();
        int killed = 0;
        long usual = 0;
        for (int i = 0; i < times; i++) {
            boolean atLine = i % 2 == 0 && i > 0;
            long wait = usual == 0 ? Long.MAX_VALUE : random.nextLong(usual);
            Round round = round(atLine ? i / 2 % BOUNDARIES : -1, wait);
            killed += round.killed() ? 1 : 0;
            usual = usual == 0 ? round.millis() : usual;
            for (String fault : round.faults()) {
                broken.add("round " + i
                        + (atLine ? ", killed at line " + i / 2 % BOUNDARIES : ", killed after " + wait + " ms") + ": "
                        + fault);
            }
        }
        broken.forEach(out::println);
        out.println(times + " remediations, " + killed + " killed before their end: "
                + (broken.isEmpty()
                        ? "nothing was started twice, no intent was lost, no chain was broken"
                        : broken.size() + " things did not hold"));
        return broken.isEmpty() ? 0 : 1;
    }

    private record Round(boolean killed, long millis, List<String> faults) {}

    /**
     * @param line kill when the journal has so many lines; below zero: after a time
     * @param millis that time
     */
    private Round round(int line, long millis) throws Exception {
        Path folder = Files.createTempDirectory("asrdoctor-crash");
        try (Lab lab = Lab.start(SCENARIO, "crash", Lab.Options.NONE, LabCommand.password(edges), Clock.systemUTC())) {
            Path inventory = folder.resolve("inventory.yaml");
            lab.writeInventory(inventory);
            Files.writeString(folder.resolve("policy.yaml"), POLICY);
            long began = System.nanoTime();
            Process first = remediate(folder);
            boolean killed = killWhen(first, folder.resolve("journal.jsonl"), line, millis);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            Process second = remediate(folder);
            if (!second.waitFor(120, TimeUnit.SECONDS)) {
                second.destroyForcibly().waitFor();
            }
            return new Round(killed, took, faults(folder, lab, second.exitValue()));
        } finally {
            DemoCommand.delete(folder);
        }
    }

    private static boolean killWhen(Process process, Path journal, int line, long millis)
            throws IOException, InterruptedException {
        long until = millis == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + millis * 1_000_000;
        while (process.isAlive()) {
            boolean now = line < 0 ? System.nanoTime() >= until : Files.exists(journal) && lines(journal) >= line;
            if (now) {
                process.destroyForcibly().waitFor();
                return true;
            }
            Thread.sleep(1);
        }
        return false;
    }

    private static long lines(Path journal) throws IOException {
        long lines = 0;
        for (byte b : Files.readAllBytes(journal)) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static List<String> faults(Path folder, Lab lab, int exitCode) throws IOException {
        List<String> faults = new ArrayList<>();
        List<Attempt> attempts = List.of();
        Path journal = folder.resolve("journal.jsonl");
        try {
            Stores.journal(journal).chain();
            attempts = Stores.journal(journal).attempts();
        } catch (StoreException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        if (exitCode != 0) {
            faults.add("the next run ended with " + exitCode + ": " + Files.readString(folder.resolve("output")));
        }
        String told = Files.readString(folder.resolve("errors"));
        for (Attempt attempt : attempts) {
            if (!attempt.ended() && !told.contains(attempt.server() + ": ")) {
                faults.add("the intent for " + attempt.server() + " at " + attempt.at() + " was forgotten");
            }
        }
        for (int i = 1; i <= SERVERS; i++) {
            String server = "ps-" + i;
            long meant = attempts.stream()
                    .filter(attempt -> attempt.server().equals(server))
                    .count();
            for (String service : SERVICES) {
                long starts = lab.world(server).starts(service);
                if (starts > 1) {
                    faults.add(service + " on " + server + " was started " + starts + " times");
                }
                if (starts > meant) {
                    faults.add(service + " on " + server + " was started without an intent");
                }
                if (lab.world(server).state(service) != ServiceState.RUNNING) {
                    faults.add(service + " on " + server + " does not run in the end");
                }
            }
            if (!"automatic-delayed".equals(lab.world(server).startType(MANUAL))) {
                faults.add(MANUAL + " on " + server + " is not automatic-delayed in the end");
            }
        }
        return faults;
    }

    private static Process remediate(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                                .collect(Collectors.joining(File.pathSeparator)),
                        LabProcess.PROGRAM,
                        "remediate",
                        "--apply",
                        "-i",
                        folder.resolve("inventory.yaml").toString(),
                        "--policy",
                        folder.resolve("policy.yaml").toString(),
                        "--journal",
                        folder.resolve("journal.jsonl").toString())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }
}
