package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.OutputTooLarge;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Script;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one cmd shell with one command in it (MS-WSMV 3.1.4): Create, Command, Send, Receive until done, Signal,
 * Delete. Does not clean up by itself; {@link #end} does, over whichever connection is there.
 */
final class CmdShell {
    /** Less than this and the server could not even say in time that there is nothing yet. */
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(500);

    private final Envelopes envelopes;
    private final MessageIds ids;
    private final WsmanSettings settings;
    private volatile @Nullable String shellId;
    private @Nullable String commandId;
    private boolean terminated;
    private boolean deleted;

    CmdShell(Envelopes envelopes, MessageIds ids, WsmanSettings settings) {
        this.envelopes = envelopes;
        this.ids = ids;
        this.settings = settings;
    }

    /** There is something on the server that should not stay there. */
    boolean needsEnd() {
        return shellId != null && !deleted;
    }

    void create(Carrier carrier, Deadline deadline) throws RemotingException, InterruptedException {
        String id = ids.next();
        Duration timeout = timeout(deadline);
        String envelope = envelopes.create(id, timeout, settings.shellIdleTimeout(), "");
        WsmanAnswer answer = carrier.call(envelope, id, exchange(Stage.SHELL, timeout, deadline));
        if (!(answer instanceof WsmanAnswer.ShellCreated created)) {
            throw unexpected(answer, Stage.SHELL);
        }
        shellId = created.shellId();
    }

    /** Runs the fixed command line with this as its standard input, and collects what it writes. */
    Output run(Carrier carrier, Script stdin, Deadline deadline) throws RemotingException, InterruptedException {
        long started = System.nanoTime();
        String shell = known(shellId);
        String command = start(carrier, shell, deadline);
        commandId = command;
        feed(carrier, shell, command, stdin, deadline);
        return collect(carrier, shell, command, started, deadline);
    }

    private String start(Carrier carrier, String shell, Deadline deadline)
            throws RemotingException, InterruptedException {
        String id = ids.next();
        Duration timeout = timeout(deadline);
        String envelope = envelopes.command(id, timeout, shell, null, PowerShellCommand.LINE, List.of());
        WsmanAnswer answer = carrier.call(envelope, id, exchange(Stage.SCRIPT, timeout, deadline));
        if (answer instanceof WsmanAnswer.CommandStarted command) {
            return command.commandId();
        }
        throw unexpected(answer, Stage.SCRIPT);
    }

    private void feed(Carrier carrier, String shell, String command, Script script, Deadline deadline)
            throws RemotingException, InterruptedException {
        if (script.length() <= Envelopes.STDIN_CHUNK) {
            String id = ids.next();
            Duration timeout = timeout(deadline);
            takes(carrier.call(
                    envelopes.send(id, timeout, shell, command, script),
                    id,
                    exchange(Stage.SCRIPT, timeout, deadline)));
            return;
        }
        byte[] stdin = script.bytes();
        for (int from = 0; from == 0 || from < stdin.length; from += Envelopes.STDIN_CHUNK) {
            int to = Math.min(stdin.length, from + Envelopes.STDIN_CHUNK);
            String id = ids.next();
            Duration timeout = timeout(deadline);
            String envelope = envelopes.send(
                    id, timeout, shell, command, "stdin", Arrays.copyOfRange(stdin, from, to), to == stdin.length);
            if (!takes(carrier.call(envelope, id, exchange(Stage.SCRIPT, timeout, deadline)))) {
                return;
            }
        }
    }

    /** False where the command has ended without reading everything; what it wrote tells why. */
    private static boolean takes(WsmanAnswer answer) throws RemotingException {
        if (answer instanceof WsmanAnswer.Fault fault && fault.fault().endsInput()) {
            return false;
        }
        if (!(answer instanceof WsmanAnswer.Acknowledged)) {
            throw unexpected(answer, Stage.SCRIPT);
        }
        return true;
    }

    private Output collect(Carrier carrier, String shell, String command, long started, Deadline deadline)
            throws RemotingException, InterruptedException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream(0);
        ByteArrayOutputStream stderr = new ByteArrayOutputStream(0);
        Pace pace = new Pace();
        while (true) {
            long asked = System.nanoTime();
            int before = stdout.size() + stderr.size();
            String id = ids.next();
            Duration timeout = timeout(deadline);
            String envelope = envelopes.receive(id, timeout, shell, command);
            WsmanAnswer answer = carrier.call(envelope, id, exchange(Stage.SCRIPT, timeout, deadline));
            if (answer instanceof WsmanAnswer.Received received) {
                for (WsmanAnswer.StreamPart part : received.parts()) {
                    (part.stream().equals("stderr") ? stderr : stdout).writeBytes(part.data());
                }
                if ((long) stdout.size() + stderr.size() > settings.outputLimit()) {
                    throw new RemotingException(new OutputTooLarge(settings.outputLimit()));
                }
                if (received.done()) {
                    return new Output(
                            stdout.toByteArray(),
                            stderr.toByteArray(),
                            received.exitCode() == null ? Output.NO_EXIT_CODE : received.exitCode(),
                            since(started));
                }
            } else if (!(answer instanceof WsmanAnswer.Fault fault)
                    || !fault.fault().isTimeout()) {
                throw unexpected(answer, Stage.SCRIPT);
            }
            if (deadline.remaining().compareTo(LEAST_TIMEOUT) < 0) {
                throw new RemotingException(new DeadlineExceeded(Stage.SCRIPT, since(started)));
            }
            Duration pause = pace.after(stdout.size() + stderr.size() - before, since(asked));
            if (pace.drips()) {
                throw new RemotingException(
                        new MalformedAnswer(Stage.SCRIPT, "it hands out its output a few bytes at a time"));
            }
            Thread.sleep(pause);
        }
    }

    /** Terminates the command and deletes the shell, as far as that was not done before. What is gone already is as good as ended. */
    void end(Carrier carrier, Deadline deadline) throws RemotingException, InterruptedException {
        String shell = known(shellId);
        if (commandId != null && !terminated) {
            String id = ids.next();
            Duration timeout = timeout(deadline);
            carrier.call(
                    envelopes.terminate(id, timeout, shell, commandId), id, exchange(Stage.SCRIPT, timeout, deadline));
            terminated = true;
        }
        if (!deleted) {
            String id = ids.next();
            Duration timeout = timeout(deadline);
            carrier.call(envelopes.delete(id, timeout, shell), id, exchange(Stage.SHELL, timeout, deadline));
            deleted = true;
        }
    }

    /** Half a second less than is left, so that the server's word comes before the deadline and leaves the connection usable. */
    private Duration timeout(Deadline deadline) {
        Duration left = deadline.remaining().minus(LEAST_TIMEOUT);
        Duration most = left.compareTo(settings.operationTimeout()) < 0 ? left : settings.operationTimeout();
        return most.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : most;
    }

    private Exchange exchange(Stage stage, Duration timeout, Deadline deadline) {
        return Exchange.until(stage, timeout.plus(settings.answerMargin()), deadline);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static String known(@Nullable String id) {
        if (id == null) {
            throw new IllegalStateException("the shell was not created");
        }
        return id;
    }

    private static RemotingException unexpected(WsmanAnswer answer, Stage stage) {
        return new RemotingException(
                answer instanceof WsmanAnswer.Fault fault
                        ? fault.fault().failure(stage)
                        : new MalformedAnswer(stage, "it answers something else than was asked"));
    }
}
