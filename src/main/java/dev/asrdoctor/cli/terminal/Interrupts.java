package dev.asrdoctor.cli.terminal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ctrl-C and SIGTERM. They interrupt reading and waiting, and nothing else: whatever is being told or written is told to
 * its end, and the JVM ends only then. So a command that is stopped shows what it knows, always in the same way.
 */
public final class Interrupts {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of the command that this thread runs. */
    private static final ThreadLocal<Interrupts> CURRENT = ThreadLocal.withInitial(Interrupts::new);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private int depth;
    private boolean entered;
    private boolean stopped;

    private Interrupts() {}

    /** A command and all that it tells, from its beginning to its end. */
    public static int whole(Callable<Integer> command) throws Exception {
        Interrupts interrupts = new Interrupts();
        CURRENT.set(interrupts);
        Runtime.getRuntime().addShutdownHook(new Thread(interrupts::stop));
        try {
            return command.call();
        } finally {
            interrupts.ended.countDown();
        }
    }

    /** What was left of the command before is forgotten. */
    public static void begin() {
        if (Thread.currentThread() != CURRENT.get().worker || CURRENT.get().stopped()) {
            CURRENT.remove();
        }
    }

    private void stop() {
        lock.lock();
        try {
            stopped = true;
            if (!entered) {
                return;
            }
            if (depth > 0) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The user has stopped this command: nothing more may be begun. */
    public static boolean wasStopped() {
        return CURRENT.get().stopped();
    }

    private boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Work that may be interrupted. It may come to an end all the same, with a part of its result; {@link #wasStopped} tells.
     *
     * @throws InterruptedException when it does not, or when the command was stopped before
     */
    public static <T> T run(Callable<T> work) throws Exception {
        Interrupts current = CURRENT.get();
        current.enter();
        try {
            return work.call();
        } catch (InterruptedException e) {
            current.noteStop();
            throw e;
        } finally {
            current.leave();
        }
    }

    private void enter() throws InterruptedException {
        lock.lock();
        try {
            if (stopped) {
                throw new InterruptedException("stopped before");
            }
            entered = true;
            depth++;
        } finally {
            lock.unlock();
        }
    }

    private void noteStop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            depth--;
            // An interruption that came in the last moment is one too.
            if (depth == 0 && Thread.interrupted()) {
                stopped = true;
            }
        } finally {
            lock.unlock();
        }
    }
}
