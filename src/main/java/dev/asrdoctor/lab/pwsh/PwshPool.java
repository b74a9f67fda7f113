package dev.asrdoctor.lab.pwsh;

import dev.asrdoctor.lab.command.ScriptResult;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** PowerShell processes that are kept alive between scripts; each runs one script at a time. */
public final class PwshPool implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern COMMAND =
            Pattern.compile("^powershell(?:\\.exe)? .*?-Command \"(.*)\"$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String WORKER = "worker.ps1";
    private static final String STAND_IN = "WindowsStandIn.psm1";
    private static final String CIM_TYPES = "cim-types.json";

    /** Files of lab/windows, as they follow each other in the module. */
    private static final List<String> PARTS = List.of(
            "world", "services", "cim", "registry", "events", "files", "network", "programs", "mars", "objects");

    /** @param world the world as the script has left it */
    public record PwshAnswer(ScriptResult result, JsonNode world) {}

    private final Path program;
    private final Path scripts;
    private final BlockingQueue<Optional<PwshWorker>> places;

    private PwshPool(Path program, Path scripts, int workers) {
        this.program = program;
        this.scripts = scripts;
        this.places = new ArrayBlockingQueue<>(workers);
        for (int i = 0; i < workers; i++) {
            places.add(Optional.empty());
        }
    }

    /** PowerShell by PWSH, else on PATH. */
    public static Optional<Path> find() {
        // Asked for one by one: Windows writes the second Path, and its list may hold quotes.
        String folders = System.getenv("PATH");
        Stream<Path> named = Optional.ofNullable(System.getenv("PWSH")).map(Path::of).stream();
        Stream<Path> onPath = Arrays.stream(
                        (folders == null ? "" : folders).replace("\"", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, "pwsh"), Path.of(folder, "pwsh.exe")));
        return Stream.of(named, onPath)
                .flatMap(paths -> paths)
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .map(path -> path.toAbsolutePath().normalize())
                .findFirst();
    }

    /** Processes are started when they are first needed. */
    public static PwshPool start(Path program, int workers) throws IOException {
        Path scripts = Files.createTempDirectory("asrdoctor-lab");
        for (String name : List.of(WORKER, CIM_TYPES)) {
            Files.writeString(scripts.resolve(name), resource(name));
        }
        // One module in one file: every script loads it anew.
        StringBuilder standIn = new StringBuilder();
        for (String part : PARTS) {
            standIn.append(resource("windows/" + part + ".ps1")).append('\n');
        }
        Files.writeString(scripts.resolve(STAND_IN), standIn);
        return new PwshPool(program, scripts, workers);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PwshPool.class.getResourceAsStream("/lab/" + name)) {
            if (in == null) {
                throw new IOException("the file " + name + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Runs a command line as cmd.exe would; an interrupt ends the process that runs it. */
    public PwshAnswer run(JsonNode world, Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException {
        Matcher command = COMMAND.matcher(commandLine.strip());
        if (!command.matches()) {
            String word = commandLine.strip().split("\\s+", 2)[0];
            String message = "'" + word + "' is not recognized as an internal or external command,\r\n"
                    + "operable program or batch file.\r\n";
            return new PwshAnswer(new ScriptResult(new byte[0], message.getBytes(StandardCharsets.UTF_8), 1), world);
        }
        ObjectNode request = JSON.createObjectNode();
        request.put("command", command.group(1));
        request.put("stdin", Base64.getEncoder().encodeToString(stdin));
        ObjectNode variables = request.putObject("environment");
        environment.forEach(variables::put);
        request.set("world", world);
        Optional<PwshWorker> place = places.take();
        Optional<PwshWorker> left = Optional.empty();
        try {
            PwshWorker worker = place.isPresent() ? place.get() : PwshWorker.start(program, scripts.resolve(WORKER));
            String answer = worker.ask(request.toString());
            left = Optional.of(worker);
            return answer(JSON.readTree(answer));
        } catch (IOException e) {
            throw new UncheckedIOException("PowerShell ended while it ran a script", e);
        } finally {
            places.add(left);
        }
    }

    private static PwshAnswer answer(JsonNode answer) {
        Base64.Decoder base64 = Base64.getDecoder();
        return new PwshAnswer(
                new ScriptResult(
                        base64.decode(answer.path("stdout").asString("")),
                        base64.decode(answer.path("stderr").asString("")),
                        answer.path("exitCode").asInt(1)),
                answer.path("world"));
    }

    @Override
    public void close() {
        for (Optional<PwshWorker> place = places.poll(); place != null; place = places.poll()) {
            place.ifPresent(PwshWorker::close);
        }
        for (String name : List.of(WORKER, STAND_IN, CIM_TYPES, "")) {
            try {
                Files.deleteIfExists(scripts.resolve(name));
            } catch (IOException e) {
                // Left to the system's cleaning of temporary files.
            }
        }
    }
}
