package dev.asrdoctor.fleet;

import java.util.concurrent.Callable;

/** Whoever began a run: is told how it goes, and may stop it. */
public interface Watcher {

    /** One line that matters beside the result. */
    void tell(String line);

    /** A step of the run, for a log that somebody reads while it runs. */
    void log(String what);

    /** Whether somebody sees what goes on. */
    boolean watches();

    /**
     * Servers are about to be visited.
     *
     * @param verb what is being done, for example {@code checking}
     */
    Ticker begin(String verb, int servers);

    /** It was stopped: nothing more may be begun. */
    boolean stopped();

    /**
     * Work that may be stopped. It may come to an end all the same, with a part of its result; {@link #stopped} tells.
     *
     * @throws InterruptedException when it does not, or when the run was stopped before
     */
    <T> T stoppable(Callable<T> work) throws Exception;

    /** How far visits have come; called from many threads. */
    interface Ticker extends AutoCloseable {
        void finished(boolean reached);

        @Override
        void close();
    }
}
