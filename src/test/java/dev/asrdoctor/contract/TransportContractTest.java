package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.asrdoctor.lab.wsman.FaultPlan;
import dev.asrdoctor.lab.wsman.Operation;
import dev.asrdoctor.lab.wsman.When;
import dev.asrdoctor.lab.wsman.WireFault;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.OptionalTransports;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Remoting;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import dev.asrdoctor.testing.ClosedPort;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every transport to the same behaviours and to the table in docs/transports.md that says which it has. Run with
 * -Dpages=write to write that table anew.
 */
@Tag("contract")
class TransportContractTest {
    private static final Path PAGE = Peers.project("docs/transports.md");
    private static final String BEGIN = "<!-- found by TransportContractTest -->\n";
    private static final String END = "<!-- end -->\n";
    private static final int OUTPUT_LIMIT = 4 * 1024 * 1024;
    private static final int AT_ONCE = 4;

    @TempDir
    private Path folder;

    /** What a transport shows of one behaviour. */
    private sealed interface Cell {
        record Yes() implements Cell {}

        record NotApplicable() implements Cell {}

        /** Not as it should be, and told as this. */
        record Told(RemotingFailure failure) implements Cell {}

        /** Not as it should be, and nobody is told. */
        record Silently(String what) implements Cell {}
    }

    @FunctionalInterface
    private interface Behaviour {
        Cell shown(Subject subject) throws Exception;
    }

    /** @param remote somebody logs on over a network */
    private record Subject(String name, Remoting remoting, boolean remote, Path powerShell, Path folder) {
        PowerShellHost host(FaultPlan faults) throws Exception {
            return new PowerShellHost(powerShell, faults, false);
        }

        Output run(Endpoint target, String password, String script, Duration time) throws Exception {
            Deadline deadline = Deadline.after(time);
            Logon logon = Logon.unlimited(Identity.of(PowerShellHost.USER, password.toCharArray()));
            try (Session session = remoting.open(target, logon, deadline)) {
                return session.run(script, deadline);
            }
        }

        Output run(String script) throws Exception {
            try (PowerShellHost host = host(FaultPlan.NONE)) {
                Output output = run(host.target(Endpoint.Scheme.NTLM, false), PowerShellHost.PASSWORD, script, ample());
                assertThat(host.openShells()).isZero();
                return output;
            }
        }

        /** What a failed run is told as. */
        RemotingFailure failure(Endpoint target, String password, String script, Duration time) throws Exception {
            try {
                Output output = run(target, password, script, time);
                return fail("no failure, but " + output);
            } catch (RemotingException e) {
                return e.failure();
            }
        }
    }

    private static final Map<String, Behaviour> BEHAVIOURS = new LinkedHashMap<>();

    static {
        BEHAVIOURS.put("output after a pause is not lost", subject -> {
            Output output = subject.run("'one'; Start-Sleep -Milliseconds 400; 'two'");
            return yesIf(text(output).lines().toList().equals(List.of("one", "two")), "cut");
        });
        BEHAVIOURS.put("a script without output ends at once", subject -> {
            Output output = subject.run("$null = 1");
            return yesIf(text(output).isEmpty() && output.exitCode() == 0, "invented");
        });
        BEHAVIOURS.put("2 MB of output", subject -> {
            Output output = subject.run("[Console]::Out.Write('x' * 2000000)");
            return yesIf(text(output).equals("x".repeat(2_000_000)), "cut");
        });
        BEHAVIOURS.put("output outside ASCII, byte for byte", subject -> {
            String word = "größe 日本 😀 ".repeat(1000);
            Output output = subject.run("$bytes = [Convert]::FromBase64String('"
                    + Base64.getEncoder().encodeToString(word.getBytes(UTF_8))
                    + "'); $out = [Console]::OpenStandardOutput(); $out.Write($bytes, 0, $bytes.Length); $out.Flush()");
            return yesIf(new String(output.stdout(), UTF_8).equals(word), "damaged; asrdoctor's answers are ASCII");
        });
        BEHAVIOURS.put("standard error apart from standard output", subject -> {
            Output output = subject.run("[Console]::Error.Write('bad'); [Console]::Out.Write('good')");
            return yesIf(text(output).equals("good") && new String(output.stderr(), UTF_8).contains("bad"), "mixed");
        });
        BEHAVIOURS.put("the exit code", subject -> yesIf(subject.run("exit 7").exitCode() == 7, "lost"));
        BEHAVIOURS.put("a script of 100,000 characters", subject -> largeScript(subject, 100_000));
        BEHAVIOURS.put("a script of 480,000 characters", subject -> largeScript(subject, 480_000));
        BEHAVIOURS.put(
                "more output than is allowed is told",
                subject -> told(
                        subject,
                        FaultPlan.NONE,
                        "[Console]::Out.Write('x' * 5000000)",
                        RemotingFailure.OutputTooLarge.class));
        BEHAVIOURS.put("the deadline ends a script and what it left", subject -> {
            Path trace = subject.folder().resolve(subject.name() + ".trace");
            // Longer where PowerShell takes longer to begin.
            for (Duration time = Duration.ofSeconds(8); ; time = time.multipliedBy(2)) {
                try (PowerShellHost host = subject.host(FaultPlan.NONE)) {
                    RemotingFailure failure = subject.failure(
                            host.target(Endpoint.Scheme.NTLM, false),
                            PowerShellHost.PASSWORD,
                            "[IO.File]::WriteAllText('" + trace + "~', \"$PID\");" + " [IO.File]::Move('" + trace
                                    + "~', '" + trace + "'); Start-Sleep -Seconds 300",
                            time);
                    assertThat(failure).isInstanceOf(RemotingFailure.DeadlineExceeded.class);
                    if (Files.exists(trace) || time.compareTo(ample()) > 0) {
                        return yesIf(isGone(host, trace), "the script goes on over there");
                    }
                }
            }
        });
        BEHAVIOURS.put("a script after one that was ended, in the same session", subject -> {
            try (PowerShellHost host = subject.host(FaultPlan.NONE);
                    Session session = subject.remoting()
                            .open(
                                    host.target(Endpoint.Scheme.NTLM, false),
                                    Logon.unlimited(
                                            Identity.of(PowerShellHost.USER, PowerShellHost.PASSWORD.toCharArray())),
                                    Deadline.after(ample()))) {
                try {
                    session.run("Start-Sleep -Seconds 300", Deadline.after(Duration.ofSeconds(4)));
                    return fail("no deadline");
                } catch (RemotingException e) {
                    assertThat(e.failure()).isInstanceOf(RemotingFailure.DeadlineExceeded.class);
                }
                try {
                    return yesIf(
                            text(session.run("'later'", Deadline.after(ample())))
                                    .strip()
                                    .equals("later"),
                            "an earlier answer");
                } catch (RemotingException e) {
                    return new Cell.Told(e.failure());
                }
            }
        });
        BEHAVIOURS.put(
                "a wrong password is told, and presented once",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = subject.host(FaultPlan.NONE)) {
                        RemotingFailure failure = subject.failure(
                                host.target(Endpoint.Scheme.NTLM, false),
                                PowerShellHost.PASSWORD + "!",
                                "'hi'",
                                ample());
                        assertThat(host.logonFailures()).as(failure.message()).isEqualTo(1);
                        return failure instanceof RemotingFailure.LogonFailed ? new Cell.Yes() : new Cell.Told(failure);
                    }
                }));
        BEHAVIOURS.put(
                "a wrong password after the right one is refused",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = new PowerShellHost(subject.powerShell(), FaultPlan.NONE, true)) {
                        Endpoint target = host.target(Endpoint.Scheme.NTLM, true);
                        assertThat(text(subject.run(target, PowerShellHost.PASSWORD, "'hi'", ample()))
                                        .strip())
                                .isEqualTo("hi");
                        RemotingFailure failure =
                                subject.failure(target, PowerShellHost.PASSWORD + "!", "'hi'", ample());
                        return failure instanceof RemotingFailure.LogonFailed ? new Cell.Yes() : new Cell.Told(failure);
                    }
                }));
        BEHAVIOURS.put(
                "NTLMv2 towards gss-ntlmssp, which takes nothing older",
                subject -> remote(subject, () -> {
                    try (GssNtlmsspHost host = GssNtlmsspHost.start(
                            Files.createDirectory(subject.folder().resolve("gss-" + subject.name())),
                            List.of(":operator:Secret 1"))) {
                        Output output = subject.run(host.endpoint(), "Secret 1", "'hi'", ample());
                        return yesIf(output.exitCode() == 7, "wrong");
                    } catch (RemotingException e) {
                        return new Cell.Told(e.failure());
                    }
                }));
        BEHAVIOURS.put(
                "Basic over HTTPS",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = new PowerShellHost(subject.powerShell(), FaultPlan.NONE, true)) {
                        Output output = subject.run(
                                host.target(Endpoint.Scheme.BASIC, true), PowerShellHost.PASSWORD, "'hi'", ample());
                        return yesIf(text(output).strip().equals("hi"), "wrong");
                    } catch (RemotingException e) {
                        return new Cell.Told(e.failure());
                    }
                }));
        BEHAVIOURS.put(
                "a pinned certificate is accepted",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = new PowerShellHost(subject.powerShell(), FaultPlan.NONE, true)) {
                        Output output = subject.run(
                                host.target(Endpoint.Scheme.NTLM, true), PowerShellHost.PASSWORD, "'hi'", ample());
                        return yesIf(text(output).strip().equals("hi"), "wrong");
                    }
                }));
        BEHAVIOURS.put(
                "a script of 100,000 characters over HTTPS",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = new PowerShellHost(subject.powerShell(), FaultPlan.NONE, true)) {
                        Output output = subject.run(
                                host.target(Endpoint.Scheme.NTLM, true),
                                PowerShellHost.PASSWORD,
                                "# 0123456789012345\n".repeat(5_555) + "'whole'\n",
                                ample());
                        return yesIf(text(output).strip().equals("whole"), "cut");
                    }
                }));
        BEHAVIOURS.put(
                "a strange certificate is told with its fingerprint",
                subject -> remote(subject, () -> {
                    try (PowerShellHost host = new PowerShellHost(subject.powerShell(), FaultPlan.NONE, true)) {
                        RemotingFailure failure = subject.failure(
                                host.target(Endpoint.Scheme.NTLM, false), PowerShellHost.PASSWORD, "'hi'", ample());
                        assertThat(host.logonFailures()).isZero();
                        return as(failure, RemotingFailure.TlsUntrusted.class);
                    }
                }));
        BEHAVIOURS.put(
                "a port that refuses is told",
                subject -> remote(subject, () -> {
                    int port = ClosedPort.number();
                    Endpoint nobody = new Endpoint(
                            "127.0.0.1", port, false, "/wsman", Endpoint.Scheme.NTLM, false, List.of(), null, true);
                    return as(subject.failure(nobody, "any", "'hi'", ample()), RemotingFailure.ConnectionRefused.class);
                }));
        BEHAVIOURS.put(
                "another web server is told",
                subject -> remote(
                        subject,
                        () -> told(
                                subject,
                                FaultPlan.of(When.always(), new WireFault.HttpStatus(404)),
                                "'hi'",
                                RemotingFailure.EndpointNotFound.class)));
        BEHAVIOURS.put(
                "a shell that is killed while its script runs is told",
                subject -> remote(
                        subject,
                        () -> told(
                                subject,
                                FaultPlan.of(When.always().on(Operation.RECEIVE), new WireFault.ShellVanishes()),
                                "'hi'",
                                RemotingFailure.ShellGone.class)));
        BEHAVIOURS.put(
                "a quota that is used up is told",
                subject -> remote(
                        subject,
                        () -> told(
                                subject,
                                FaultPlan.of(When.always().on(Operation.CREATE), new WireFault.QuotaExhausted(false)),
                                "'hi'",
                                RemotingFailure.QuotaExceeded.class)));
        BEHAVIOURS.put(
                "a fault of the server is told with its code",
                subject -> remote(
                        subject,
                        () -> told(
                                subject,
                                FaultPlan.of(When.always().on(Operation.CREATE), new WireFault.Fault(2150859180L)),
                                "'hi'",
                                RemotingFailure.RemoteFault.class)));
        BEHAVIOURS.put(
                "a connection that is cut in the answer is told",
                subject -> remote(
                        subject,
                        () -> told(
                                subject,
                                FaultPlan.of(When.always().on(Operation.RECEIVE), new WireFault.Cut(40)),
                                "'hi'",
                                RemotingFailure.ConnectionCut.class)));
    }

    private static boolean isGone(PowerShellHost host, Path trace) throws Exception {
        long pid = Long.parseLong(Files.readString(trace));
        long patience = System.nanoTime() + ample().toNanos();
        while ((host.openShells() > 0 || ProcessHandle.of(pid).isPresent()) && System.nanoTime() < patience) {
            Thread.sleep(50);
        }
        return host.openShells() == 0 && ProcessHandle.of(pid).isEmpty();
    }

    private static Cell largeScript(Subject subject, int length) throws Exception {
        String script = "# " + "  <&> 0123456789\n# ".repeat(length / 19).substring(0, length - 20) + "\n'whole'\n";
        try {
            // The comments are what makes it long; the last line runs only where everything before it arrived in order.
            return yesIf(text(subject.run(script)).strip().equals("whole"), "cut");
        } catch (RemotingException e) {
            return new Cell.Told(e.failure());
        }
    }

    private static Cell told(Subject subject, FaultPlan faults, String script, Class<? extends RemotingFailure> kind)
            throws Exception {
        try (PowerShellHost host = subject.host(faults)) {
            RemotingFailure failure =
                    subject.failure(host.target(Endpoint.Scheme.NTLM, false), PowerShellHost.PASSWORD, script, ample());
            return as(failure, kind);
        }
    }

    private static Cell as(RemotingFailure failure, Class<? extends RemotingFailure> kind) {
        return kind.isInstance(failure) ? new Cell.Yes() : new Cell.Told(failure);
    }

    private static Cell remote(Subject subject, Callable<Cell> behaviour) throws Exception {
        return subject.remote() ? behaviour.call() : new Cell.NotApplicable();
    }

    private static Cell yesIf(boolean right, String otherwise) {
        return right ? new Cell.Yes() : new Cell.Silently(otherwise);
    }

    private static String text(Output output) {
        return new String(output.stdout(), US_ASCII).replace("\r", "");
    }

    private static Duration ample() {
        return Duration.ofSeconds(120);
    }

    @Test
    void everyTransportDoesWhatThePageSays() throws Exception {
        Path powerShell = Peers.powerShell();
        OptionalTransports optional = new OptionalTransports(folder);
        OptionalTransport.Settings settings = new OptionalTransport.Settings(OUTPUT_LIMIT, powerShell.toString());
        List<Subject> subjects = List.of(
                new Subject(
                        "http, https",
                        new WsmanRemoting(WsmanSettings.defaults(new Random(42), InstantSource.system())
                                .withOutputLimit(OUTPUT_LIMIT)),
                        true,
                        powerShell,
                        folder),
                new Subject(
                        "winrm4j", optional.load(OptionalTransports.Name.WINRM4J, settings), true, powerShell, folder),
                new Subject(
                        "local", optional.load(OptionalTransports.Name.LOCAL, settings), false, powerShell, folder));

        Map<String, List<Cell>> found = found(subjects);

        found.forEach((behaviour, cells) ->
                assertThat(cells.getFirst()).as("own client: " + behaviour).isEqualTo(new Cell.Yes()));
        String table = table(subjects, found);
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String whole = page.substring(0, begin) + table + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, whole);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(whole);
    }

    private static Map<String, List<Cell>> found(List<Subject> subjects) throws Exception {
        Map<String, List<Future<Cell>>> running = new LinkedHashMap<>();
        Map<String, List<Cell>> found = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            BEHAVIOURS.forEach((name, behaviour) -> running.put(
                    name,
                    subjects.stream()
                            .map(subject -> threads.submit(() -> behaviour.shown(subject)))
                            .toList()));
            for (Map.Entry<String, List<Future<Cell>>> row : running.entrySet()) {
                List<Cell> cells = new ArrayList<>();
                for (int i = 0; i < subjects.size(); i++) {
                    try {
                        cells.add(row.getValue().get(i).get());
                    } catch (ExecutionException e) {
                        threads.shutdownNow();
                        fail(row.getKey() + " with " + subjects.get(i).name(), e.getCause());
                    }
                }
                found.put(row.getKey(), cells);
            }
        }
        return found;
    }

    private static String table(List<Subject> subjects, Map<String, List<Cell>> found) {
        StringBuilder table = new StringBuilder("| |");
        subjects.forEach(subject -> table.append(' ').append(subject.name()).append(" |"));
        table.append("\n|---|").append("---|".repeat(subjects.size())).append('\n');
        List<String> notes = new ArrayList<>();
        found.forEach((behaviour, cells) -> {
            table.append("| ").append(behaviour).append(" |");
            for (Cell cell : cells) {
                table.append(' ')
                        .append(
                                switch (cell) {
                                    case Cell.Yes yes -> "yes";
                                    case Cell.NotApplicable none -> "-";
                                    case Cell.Silently silently -> "no: " + silently.what();
                                    case Cell.Told told -> "no (" + note(notes, told.failure()) + ")";
                                })
                        .append(" |");
            }
            table.append('\n');
        });
        table.append('\n');
        for (int i = 0; i < notes.size(); i++) {
            table.append(i + 1).append(". ").append(notes.get(i)).append('\n');
        }
        return table.append('\n').toString();
    }

    private static int note(List<String> notes, RemotingFailure failure) {
        String text = "`" + failure.kind() + "`: " + failure.message() + ". " + failure.advice();
        if (!notes.contains(text)) {
            notes.add(text);
        }
        return notes.indexOf(text) + 1;
    }
}
