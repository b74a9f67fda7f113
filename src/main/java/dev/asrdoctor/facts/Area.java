package dev.asrdoctor.facts;

/** One area of the facts: its data, or why it could not be read. */
public sealed interface Area<T> {

    /** The error id of an area that the script was not asked for. */
    String NOT_ASKED = "not-asked";

    static <T> Area<T> notAsked() {
        return new Unreadable<>(NOT_ASKED, "the script did not read this area");
    }

    record Read<T>(T data) implements Area<T> {}

    /**
     * @param errorId PowerShell's FullyQualifiedErrorId or an own word such as {@code not-asked}; never localised
     * @param message the error's own text, in the server's language
     */
    record Unreadable<T>(String errorId, String message) implements Area<T> {}
}
