package dev.asrdoctor.remoting.wsman;

import java.nio.ByteBuffer;

/** How the messages of one logon are sealed (MS-WSMV 2.2.9.1). Messages keep their order. For one thread at a time. */
interface MessageSeal {
    String contentType();

    /** The body of a request. */
    byte[] seal(byte[] plain) throws SealException;

    /** The same, without a copy of the envelope where that can be done. */
    default byte[] seal(Envelope plain) throws SealException {
        return seal(plain.bytes());
    }

    /** The envelope in the body of an answer. */
    ByteBuffer unseal(byte[] body) throws SealException;

    /** A message that cannot be sealed or unsealed; the connection is of no more use. */
    final class SealException extends Exception {
        SealException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
