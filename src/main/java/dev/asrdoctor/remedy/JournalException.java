package dev.asrdoctor.remedy;

/** The journal cannot be written or is not intact, so nothing may be changed; the message is one clear line. */
public final class JournalException extends Exception {
    public JournalException(String message) {
        super(message);
    }
}
