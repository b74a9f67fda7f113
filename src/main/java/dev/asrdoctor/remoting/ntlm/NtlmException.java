package dev.asrdoctor.remoting.ntlm;

/** Bytes that are no NTLM message, or a message that asks for what is not offered. */
public final class NtlmException extends Exception {
    public NtlmException(String message) {
        super(message);
    }
}
