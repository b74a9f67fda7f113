package dev.asrdoctor.remoting.wsman;

/**
 * Interrupting a virtual thread closes the socket it waits for, so an I/O error may be an interruption in disguise. A
 * platform thread notices its interruption only with the next answer.
 */
final class Interruption {
    private Interruption() {}

    /** Takes the interruption of this thread, if there is one. */
    static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while talking to a server");
        }
    }
}
