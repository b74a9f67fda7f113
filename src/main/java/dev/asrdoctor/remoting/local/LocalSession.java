package dev.asrdoctor.remoting.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.profesorfalken.jpowershell.PowerShell;
import com.profesorfalken.jpowershell.PowerShellResponse;
import dev.asrdoctor.remoting.BlockingCalls;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.OptionalTransport;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.LocalShellLost;
import dev.asrdoctor.remoting.RemotingFailure.OutputTooLarge;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jPowerShell session that starts one PowerShell process for each script and waits for it. The script's input and
 * output are files in a folder of this account alone: jPowerShell takes 55 ms of silence for the end of the output, mixes
 * both streams, and hands what came later to the next command. Of the session itself one line is read, which says that the
 * process has ended; without that line the session is not used again.
 */
final class LocalSession implements Session {
    private static final Pattern ENDED = Pattern.compile("ASRDOCTOR-ENDED (-?\\d{1,10})");
    private static final Pattern OWN = Pattern.compile("ASRDOCTOR-PID (\\d{1,10})");
    private static final String PROCESS = resource("process.ps1");
    private static final Duration SAYING_ITS_NUMBER = Duration.ofSeconds(10);

    /** Of one script, and at last their folder. */
    private static final List<String> FILES = List.of("in", "out", "err", "process", "");

    private final PowerShell shell;
    private final OptionalTransport.Settings settings;
    private final BlockingCalls calls;
    private boolean lost;

    LocalSession(PowerShell shell, OptionalTransport.Settings settings, BlockingCalls calls) {
        this.shell = shell;
        this.settings = settings;
        this.calls = calls;
    }

    @Override
    public Output run(String script, Deadline deadline) throws RemotingException, InterruptedException {
        requireAscii(script);
        if (lost) {
            throw new RemotingException(new LocalShellLost("it did not say how an earlier script ended"));
        }
        lost = true;
        long started = System.nanoTime();
        try {
            Path folder = Files.createTempDirectory("asrdoctor-local");
            try {
                Files.write(folder.resolve("in"), script.getBytes(US_ASCII));
                Files.writeString(folder.resolve("process"), PROCESS);
                ProcessHandle own = ownProcess();
                int exitCode = calls.until(deadline, Stage.SCRIPT, () -> inSession(folder, own, started, deadline));
                lost = false;
                return output(folder, exitCode, started);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new RemotingException(new LocalShellLost("its files cannot be used: " + e.getMessage()), e);
        }
    }

    private static void requireAscii(String script) {
        if (script.chars().anyMatch(c -> c > 0x7f)) {
            throw new IllegalArgumentException("a script is ASCII only");
        }
    }

    private int inSession(Path folder, ProcessHandle own, long started, Deadline deadline) throws RemotingException {
        long most = Math.max(1, deadline.remaining().toMillis());
        PowerShellResponse response =
                shell.configuration(Map.of("maxWait", Long.toString(most))).executeCommand(command(folder));
        Matcher ended = ENDED.matcher(response.getCommandOutput());
        if (ended.find()) {
            return Integer.parseInt(ended.group(1));
        }
        own.descendants().forEach(ProcessHandle::destroyForcibly);
        throw new RemotingException(
                response.isTimeout() || deadline.passed()
                        ? new DeadlineExceeded(Stage.SCRIPT, Duration.ofNanos(System.nanoTime() - started))
                        : new LocalShellLost("its answer was not the one that was asked for"));
    }

    private ProcessHandle ownProcess() throws RemotingException, InterruptedException {
        String said = calls.until(
                Deadline.after(SAYING_ITS_NUMBER),
                Stage.SHELL,
                () -> shell.executeCommand("'ASRDOCTOR-PID ' + $PID").getCommandOutput());
        Matcher number = OWN.matcher(said);
        if (!number.find()) {
            throw new RemotingException(new LocalShellLost("it has ended"));
        }
        return ProcessHandle.of(Long.parseLong(number.group(1)))
                .orElseThrow(() -> new RemotingException(new LocalShellLost("it has ended")));
    }

    private String command(Path folder) {
        String arguments = PowerShellCommand.LINE.substring(PowerShellCommand.LINE.indexOf(' ') + 1);
        return "& ([ScriptBlock]::Create([System.IO.File]::ReadAllText("
                + quoted(folder.resolve("process").toString())
                + "))) " + quoted(settings.powerShell()) + " " + quoted(arguments) + " " + quoted(folder.toString());
    }

    private static String resource(String name) {
        try (InputStream in = LocalSession.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing in this build");
            }
            return new String(in.readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private Output output(Path folder, int exitCode, long started) throws IOException, RemotingException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        if (Files.size(out) + Files.size(err) > settings.outputLimit()) {
            throw new RemotingException(new OutputTooLarge(settings.outputLimit()));
        }
        return new Output(
                Files.readAllBytes(out),
                Files.readAllBytes(err),
                exitCode,
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** Windows deletes nothing that a script which was given up still writes to; that must not hide why it was given up. */
    private static void delete(Path folder) {
        try {
            for (String name : FILES) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            // At the end of this program, the last one first.
            for (String name : FILES.reversed()) {
                folder.resolve(name).toFile().deleteOnExit();
            }
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
