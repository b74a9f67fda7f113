package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** asrdoctor as a program of its own, whose only server is the machine it runs on: the Windows of a {@link WineServer}. */
final class WineController {
    private static final int AMPLE_SECONDS = 900;

    private final WineServer server;
    private final Path folder;

    /** What a run left behind. */
    record Run(int code, String out, String err) {
        JsonNode json() {
            assertThat(out).as(err).matches("(?s)[\\[{].*");
            return JsonMapper.shared().readTree(out);
        }

        /** Verdicts and reasons by target, of what was done. */
        Map<String, String> verdicts() {
            Map<String, String> verdicts = new java.util.TreeMap<>();
            for (JsonNode step : json().path("servers").path(0).path("steps")) {
                verdicts.put(
                        step.path("action").asString() + " "
                                + step.path("target").asString(),
                        step.path("verdict").asString("-") + ": "
                                + step.path("reason").asString(""));
            }
            return verdicts;
        }

        /** Reasons by target, of what was left alone. */
        Map<String, String> heldBack() {
            Map<String, String> held = new java.util.TreeMap<>();
            for (JsonNode one : json().path("servers").path(0).path("heldBack")) {
                held.put(
                        one.path("target").asString(),
                        one.path("guard").asString() + ": " + one.path("reason").asString());
            }
            return held;
        }
    }

    WineController(WineServer server, Path folder, String policy) throws Exception {
        this.server = server;
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("inventory.yaml"), """
                version: 1
                settings: { transport: local }
                servers:
                  ps-01: { address: localhost, deployment: standalone }
                """);
        Files.writeString(folder.resolve("policy.yaml"), "version: 1\n" + policy);
    }

    Run plan() throws Exception {
        return run("remediate", "-o", "json");
    }

    Run apply() throws Exception {
        return run("remediate", "--apply", "-o", "json");
    }

    /** What the journal has of every attempt, after its chain was verified. */
    JsonNode journal() throws Exception {
        Run verified = asrdoctor(1, "journal", "--verify", "-i", "inventory.yaml");
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        return asrdoctor(1, "journal", "-o", "json", "-i", "inventory.yaml").json();
    }

    Run run(String... command) throws Exception {
        return run(3, command);
    }

    /** @param tries 1 where the script is killed on purpose */
    Run run(int tries, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("-i", "inventory.yaml", "--policy", "policy.yaml", "--deadline", "300s"));
        String[] whole = line.toArray(String[]::new);
        Run ended = asrdoctor(tries, whole);
        // The script gives each connection a few seconds, which a busy machine may not reach; then nothing is done.
        for (int again = 0;
                again < 4
                        && ended.out().contains("\"azure-unreachable\"")
                        && ended.verdicts().isEmpty();
                again++) {
            ended = asrdoctor(tries, whole);
        }
        return ended;
    }

    private Run asrdoctor(int tries, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.asrdoctor.cli.Main"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = PeerProcess.of(folder, line);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        builder.environment()
                .putAll(Map.of(
                        "ASRDOCTOR_POWERSHELL",
                        Peers.project("src/test/contract/windows-powershell.sh").toString(),
                        "PWSH",
                        Peers.powerShell().toString(),
                        "RUN_IN",
                        WineServer.tools().resolve("run-in").toString(),
                        "WINEPREFIX",
                        server.prefix().toString(),
                        "TRIES",
                        Integer.toString(tries)));
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            boolean over = process.waitFor(AMPLE_SECONDS, TimeUnit.SECONDS);
            return new Run(over ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
        } finally {
            PeerProcess.destroy(process);
        }
    }
}
