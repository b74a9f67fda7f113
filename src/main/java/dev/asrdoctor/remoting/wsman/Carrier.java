package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.RemotingException;

/** Takes an envelope to the server and brings the answer back: all that a shell sees of HTTP, authentication and sealing. */
interface Carrier {

    /** A fault is an answer too. */
    WsmanAnswer call(String envelope, String messageId, Exchange exchange)
            throws RemotingException, InterruptedException;

    /** The same for an envelope that is in pieces. */
    default WsmanAnswer call(Envelope envelope, String messageId, Exchange exchange)
            throws RemotingException, InterruptedException {
        return call(envelope.text(), messageId, exchange);
    }
}
