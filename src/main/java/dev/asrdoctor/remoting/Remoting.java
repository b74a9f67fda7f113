package dev.asrdoctor.remoting;

/** Connects to servers. Implementations are safe for use by many threads at once. */
public interface Remoting {

    /**
     * Connects and authenticates.
     *
     * @throws RemotingException with the stage that failed, the probable cause and what to do
     * @throws InterruptedException when the calling thread is interrupted; nothing is left open on the server
     */
    Session open(Endpoint endpoint, Logon logon, Deadline deadline) throws RemotingException, InterruptedException;
}
