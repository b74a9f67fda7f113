package dev.asrdoctor.lab.wsman;

/** What an endpoint is asked to do at one moment; faults are planned, and counted, by it. */
public enum Operation {
    /** A connection was accepted; nothing was read yet. */
    CONNECT,
    /** A request that only authenticates: no credentials yet, or an NTLM message without payload. */
    NEGOTIATE,
    /** A verdict on credentials is due: the third NTLM message, or the first Basic request of a connection. */
    LOGON,
    CREATE,
    COMMAND,
    SEND,
    RECEIVE,
    SIGNAL,
    DELETE,
    GET,
    IDENTIFY,
    /** Any other request, well-formed or not. */
    OTHER
}
