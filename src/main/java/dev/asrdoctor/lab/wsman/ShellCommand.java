package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.lab.command.ScriptResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One command of a shell. It starts when its standard input is complete, or with the first Receive if the client has sent
 * none and asked for no pipe.
 */
final class ShellCommand {
    /** STATUS_CONTROL_C_EXIT, unsigned. */
    private static final long CONTROL_C_EXIT = 3221225786L;

    private final String id;
    private final String line;
    private final boolean piped;
    private final Program program;
    private final Output output;
    private final List<WireFault> faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream stdin = new ByteArrayOutputStream();
    private final Deque<Piece> pending = new ArrayDeque<>();
    private boolean fed;
    private boolean started;
    private boolean ended;
    private boolean told;
    private boolean killed;
    private long exitCode;
    private @Nullable Thread thread;

    /** What one Receive brings; {@code exitCode} counts only where {@code done}. */
    record Batch(List<Piece> pieces, boolean done, long exitCode) {}

    /** Says how much of a piece still fits; 0 ends the batch. */
    interface Room {
        int take(Piece piece);
    }

    ShellCommand(String id, String line, boolean piped, Program program, Output output, List<WireFault> faults) {
        this.id = id;
        this.line = line;
        this.piped = piped;
        this.program = program;
        this.output = output;
        this.faults = faults;
    }

    String id() {
        return id;
    }

    /** Data after the end of input goes nowhere, as in a closed pipe. */
    void send(byte[] data, boolean end) {
        lock.lock();
        try {
            fed = true;
            if (!started) {
                stdin.writeBytes(data);
                if (end) {
                    start();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for output or for the end.
     *
     * @return null when neither came within the time
     */
    @Nullable Batch receive(Duration timeout, Room room) throws FaultException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!started && !fed && !piped) {
                start();
            }
            long left = timeout.toNanos();
            while (pending.isEmpty() && !ended && !killed) {
                if (left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
            if (killed) {
                throw new FaultException(WsmanFault.aborted());
            }
            if (told) {
                throw new FaultException(WsmanFault.noSuchCommand());
            }
            List<Piece> batch = take(room);
            told = ended && pending.isEmpty();
            return new Batch(batch, told, exitCode);
        } finally {
            lock.unlock();
        }
    }

    private List<Piece> take(Room room) {
        List<Piece> batch = new ArrayList<>();
        while (!pending.isEmpty()) {
            Piece piece = pending.getFirst();
            int count = Math.min(piece.length(), room.take(piece));
            if (count <= 0) {
                break;
            }
            pending.removeFirst();
            batch.add(piece.first(count));
            if (count < piece.length()) {
                pending.addFirst(piece.without(count));
            }
        }
        return batch;
    }

    /** Ctrl-C: the program stops and its exit code says so. */
    void interrupt() {
        lock.lock();
        try {
            if (!ended) {
                end(List.of(), CONTROL_C_EXIT);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The program stops and nothing more is heard of it. */
    void kill() {
        lock.lock();
        try {
            killed = !told;
            if (!ended) {
                end(List.of(), CONTROL_C_EXIT);
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        started = true;
        byte[] input = stdin.toByteArray();
        stdin.reset();
        if (!ended && !OutputFaults.hangs(faults)) {
            thread = Thread.ofVirtual().name("command " + id).start(() -> run(input));
        }
    }

    private void run(byte[] input) {
        try {
            if (output.remoteTime().isPositive()) {
                Thread.sleep(output.remoteTime());
            }
            ScriptResult result = OutputFaults.spoil(program.run(line, input, this::write), faults);
            List<Piece> rest = new ArrayList<>(OutputFaults.filler(faults));
            rest.addAll(Piece.cut(Program.Stream.STDOUT, result.stdout(), output.bytesPerStream()));
            rest.addAll(Piece.cut(Program.Stream.STDERR, result.stderr(), output.bytesPerStream()));
            finish(rest, Integer.toUnsignedLong(result.exitCode()));
        } catch (InterruptedException e) {
            finish(List.of(), CONTROL_C_EXIT);
        } catch (RuntimeException e) {
            byte[] text = ("the lab could not run this command: " + e + "\r\n").getBytes(UTF_8);
            finish(Piece.cut(Program.Stream.STDERR, text, output.bytesPerStream()), 1);
        }
    }

    private void write(Program.Stream stream, byte[] bytes) {
        lock.lock();
        try {
            if (!ended) {
                pending.addAll(Piece.cut(stream, bytes, output.bytesPerStream()));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish(List<Piece> rest, long code) {
        lock.lock();
        try {
            if (!ended) {
                end(rest, code);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(List<Piece> rest, long code) {
        pending.addAll(rest);
        exitCode = code;
        ended = true;
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
        changed.signalAll();
    }
}
