package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.probe.Nonce;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Windows server on Wine: a registry, a service control manager and a PowerShell that nobody of this project wrote. What it
 * says of its services is asked by a program of its own (svcq), never by the scripts that are tested.
 */
final class WineServer implements AutoCloseable {
    /** For one program of Windows. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** For what comes by itself, on a machine that does other things beside. */
    private static final Duration COMES = Duration.ofMinutes(4);

    private static final Nonce NONCE = new Nonce("0123456789abcdef");
    private static final int TRIES = 3;

    private final Path prefix;
    private final Path tools;

    /** The truth about a service: states and start types are the numbers of the Windows API. */
    record Truth(int state, long exitCode, long processId, int startType) {
        boolean runs() {
            return state == 4;
        }

        boolean stopped() {
            return state == 1;
        }
    }

    /** What a command line left behind. */
    record Ended(int exitCode, String stdout, String stderr) {}

    private WineServer(Path prefix, Path tools) {
        this.prefix = prefix;
        this.tools = tools;
    }

    /** The folder that makes servers; the test is skipped on machines that have none. */
    static Path tools() {
        Path tools = Peers.shared("windows");
        Peers.program("wine");
        Peers.program("xz");
        return tools;
    }

    /** A server without services, of which others are copies; takes some 10 s. */
    static Path template(Path folder, Path tools) throws Exception {
        Path template = folder.resolve("template");
        Ended made = run(
                command(folder, List.of(tools.resolve("new-server").toString(), template.toString())),
                new byte[0],
                Duration.ofMinutes(3));
        assertThat(made.exitCode()).as(made.stderr()).isZero();
        Files.deleteIfExists(template.resolve("dosdevices/com1"));
        return template;
    }

    /** Files of Windows are shared with the template, its registry is copied. */
    static WineServer start(Path template, Path prefix, Path tools, List<WineService> services, List<String> registry)
            throws Exception {
        run(
                command(prefix.getParent(), List.of("cp", "-al", template.toString(), prefix.toString())),
                new byte[0],
                PATIENCE);
        for (String name : List.of("system.reg", "user.reg", "userdef.reg")) {
            Path file = prefix.resolve(name);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            Files.write(file, content);
        }
        // The event log of Wine is a stub in which whoever asks hangs; without the reader it is one that cannot be
        // read.
        Files.deleteIfExists(
                prefix.resolve("drive_c/windows/system32/WindowsPowerShell/v1.0/System.Diagnostics.EventLog.dll"));
        WineServer server = new WineServer(prefix, tools);
        boolean up = false;
        try {
            List<String> installed = new ArrayList<>(registry);
            services.forEach(service -> installed.addAll(service.installed()));
            server.imports(installed);
            server.kill();
            server.wine("wineserver", "-p");
            server.boot(services);
            up = true;
            return server;
        } finally {
            if (!up) {
                server.close();
            }
        }
    }

    private void boot(List<WineService> services) throws Exception {
        String[] names = services.stream().map(WineService::name).toArray(String[]::new);
        List<WineService> byThemselves = services.stream()
                .filter(service -> service.start() == WineService.AUTOMATIC
                        || service.running() && service.start() == WineService.DISABLED)
                .toList();
        until(
                () -> truth(names),
                all -> byThemselves.stream()
                        .allMatch(service -> all.get(service.name()).runs()),
                "the services start");
        List<String> settled = new ArrayList<>();
        // What runs on top of others is stopped before them.
        List<WineService> topDown = new ArrayList<>(services);
        topDown.sort(Comparator.comparing(service -> service.dependsOn().isEmpty()));
        for (WineService service : topDown) {
            boolean runs = truth(service.name()).get(service.name()).runs();
            if (service.running() && !runs) {
                command("net start \"" + service.name() + "\"");
            } else if (!service.running() && runs) {
                command("net stop \"" + service.name() + "\"");
            }
            // The service control manager here would forget what it depends on.
            if (service.running()
                    && service.start() == WineService.DISABLED
                    && service.dependsOn().isEmpty()) {
                command("sc.exe config \"" + service.name() + "\" start= disabled");
            }
            settled.addAll(service.settled());
        }
        imports(settled);
        until(
                () -> truth(names),
                all -> services.stream()
                        .allMatch(service -> all.get(service.name()).runs() == service.running()),
                "the services are as wanted");
    }

    Path prefix() {
        return prefix;
    }

    /** A line of cmd.exe. */
    Ended command(String line) throws Exception {
        return runIn(line, new byte[0], PATIENCE);
    }

    private Ended runIn(String line, byte[] stdin, Duration limit) throws Exception {
        return run(command(prefix, List.of(tools.resolve("run-in").toString(), line)), stdin, limit);
    }

    Map<String, Truth> truth(String... names) throws Exception {
        StringBuilder line = new StringBuilder("svcq.exe");
        for (String name : names) {
            line.append(" \"").append(name).append('"');
        }
        Ended ended = command(line.toString());
        // On a busy machine Wine does not always get as far as starting a program.
        for (int i = 1; i < TRIES && !ended.stdout().contains("|"); i++) {
            ended = command(line.toString());
        }
        Map<String, Truth> truth = new LinkedHashMap<>();
        for (String row :
                ended.stdout().lines().filter(row -> row.contains("|")).toList()) {
            String[] fields = row.split("\\|");
            if (!fields[1].equals("error")) {
                truth.put(
                        fields[0],
                        new Truth(
                                Integer.parseInt(fields[1]),
                                Long.parseLong(fields[2].substring(5)),
                                Long.parseLong(fields[4].substring(4)),
                                Integer.parseInt(fields[5].substring(6))));
            }
        }
        assertThat(truth.keySet()).as(ended.toString()).contains(names);
        return truth;
    }

    Truth the(String name) throws Exception {
        return truth(name).get(name);
    }

    /** A value as reg.exe shows it; empty where there is none. */
    String registry(String key, String value) throws Exception {
        return command("reg query \"" + key + "\" /v \"" + value + "\"")
                .stdout()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(value + " "))
                .map(line -> line.replaceFirst(".*?REG_\\w+\\s*", ""))
                .findFirst()
                .orElse("");
    }

    void imports(List<String> lines) throws Exception {
        List<String> whole = new ArrayList<>(List.of("\ufeffWindows Registry Editor Version 5.00", ""));
        whole.addAll(lines);
        Files.write(
                prefix.resolve("drive_c/windows/temp/import.reg"),
                (String.join("\r\n", whole) + "\r\n").getBytes(StandardCharsets.UTF_16LE));
        wine("wine", "regedit", "/S", "C:\\windows\\temp\\import.reg");
    }

    /** What the steps came to, by the remedy script itself. */
    JsonNode remedy(Duration wait, Request.Step... steps) throws Exception {
        return answer(new Request.Remedy(
                        Products.shipped().first(), Arrays.asList(steps), wait, Duration.ofSeconds(1), false))
                .path("remedy")
                .path("data");
    }

    /** Asks again only where the runtime ended without an answer line. */
    JsonNode answer(Request request) throws Exception {
        Ended ended = new Ended(-1, "", "");
        for (int i = 0; i < TRIES; i++) {
            ended = script(request, PATIENCE);
            int begin = ended.stdout().indexOf("ASRDOCTOR-ANSWER 1 " + NONCE.text());
            if (begin >= 0) {
                String json = ended.stdout()
                        .substring(
                                ended.stdout().indexOf('{', begin),
                                ended.stdout().lastIndexOf('}') + 1);
                return JsonMapper.shared().readTree(json);
            }
        }
        return Assertions.fail("no answer: " + ended);
    }

    /** The script once, whatever comes of it. */
    Ended script(Request request, Duration limit) throws Exception {
        return runIn(PowerShellCommand.LINE, request.script(NONCE).getBytes(StandardCharsets.US_ASCII), limit);
    }

    /**
     * Another program that holds the lease of the remedies until it is ended.
     *
     * @param told a file that is there once it has it
     */
    void holdsLease(String told) {
        String script =
                "$lease = New-Object System.Threading.Mutex $true, ('Global\\asrdoctor-remedy-' + $env:COMPUTERNAME);"
                        + " [System.IO.File]::WriteAllText('" + told
                        + "', 'held'); Start-Sleep -Seconds 900; $lease.Dispose()";
        try {
            runIn(
                    "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"" + script
                            + "\"",
                    new byte[0],
                    Duration.ofMinutes(15));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every PowerShell of the server, as a lost connection or a careless administrator does. */
    void killPowerShell() throws Exception {
        command("taskkill /f /im powershell.exe");
    }

    /** A question that may fail. */
    interface Asked<T> {
        T ask() throws Exception;
    }

    /** What is told once it is as expected; the test fails where that does not come. */
    static <T> T until(Asked<T> asked, Predicate<T> expected, String what) throws Exception {
        long end = System.nanoTime() + COMES.toNanos();
        while (true) {
            T told = asked.ask();
            if (expected.test(told)) {
                return told;
            }
            if (System.nanoTime() > end) {
                return Assertions.fail(what + " has not come: " + told);
            }
            Thread.sleep(300);
        }
    }

    private void wine(String... line) throws Exception {
        run(command(prefix, List.of(line)), new byte[0], PATIENCE);
    }

    private void kill() throws Exception {
        wine("wineserver", "-k");
        wine("wineserver", "-w");
    }

    @Override
    public void close() {
        try {
            kill();
            // A device of this machine.
            Files.deleteIfExists(prefix.resolve("dosdevices/com1"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder command(Path prefix, List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", prefix.toString());
        environment.put("WINEPREFIX", prefix.toString());
        environment.put("WINEDEBUG", "-all");
        environment.put("WINEDLLOVERRIDES", "mshtml=;sc.exe=n");
        return builder;
    }

    private static Ended run(ProcessBuilder builder, byte[] stdin, Duration limit)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile("asrdoctor-wine", ".in");
        Path out = Files.createTempFile("asrdoctor-wine", ".out");
        Path err = Files.createTempFile("asrdoctor-wine", ".err");
        try {
            Files.write(in, stdin);
            Process process = builder.redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                boolean over = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                return new Ended(
                        over ? process.exitValue() : -1,
                        Files.readString(out, StandardCharsets.ISO_8859_1),
                        Files.readString(err, StandardCharsets.ISO_8859_1));
            } finally {
                PeerProcess.destroy(process);
            }
        } finally {
            for (Path file : List.of(in, out, err)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
