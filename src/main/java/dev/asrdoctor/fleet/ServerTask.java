package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;

/** What is done on each server once it is connected. */
@FunctionalInterface
public interface ServerTask<R> {
    R run(Server server, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException;
}
