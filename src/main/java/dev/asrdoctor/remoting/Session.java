package dev.asrdoctor.remoting;

import java.util.Optional;

/** One authenticated connection to one server; used by one thread at a time. */
public interface Session extends AutoCloseable {

    /**
     * Runs a PowerShell script on the server and waits for its end. The script travels on standard input, so its length
     * is not limited. When the deadline passes, the thread is interrupted or the connection breaks, the remote command
     * is terminated and its shell deleted as far as the server can still be reached.
     *
     * @param script ASCII only
     */
    Output run(String script, Deadline deadline) throws RemotingException, InterruptedException;

    /** The same for a script that changes nothing on the server, which may therefore be begun anew when its shell is lost. */
    default Output read(String script, Deadline deadline) throws RemotingException, InterruptedException {
        return run(script, deadline);
    }

    /** The same as for a text. */
    default Output run(Script script, Deadline deadline) throws RemotingException, InterruptedException {
        return run(script.text(), deadline);
    }

    /** The same as for a text. */
    default Output read(Script script, Deadline deadline) throws RemotingException, InterruptedException {
        return run(script, deadline);
    }

    /** How it was logged on; empty where that cannot be told. */
    default Optional<LoggedOn> loggedOn() {
        return Optional.empty();
    }

    @Override
    void close();
}
