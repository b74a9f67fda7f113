package dev.asrdoctor.remoting.wsman;

/** One logon, answer by answer. */
interface LogonDialogue extends AutoCloseable {
    LogonStep first();

    LogonStep next(HttpAnswer answer);

    /** Forgets a logon that did not come about. */
    @Override
    default void close() {}
}
