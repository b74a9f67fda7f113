package dev.asrdoctor.facts;

/** JSON that cannot be read as it is parsed; whoever reads it as a tree finds out why, or makes sense of it. */
final class UnusualException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusualException() {
        super(null, null, false, false);
    }
}
