package dev.asrdoctor.store;

/** Whether a change window can be closed. */
public enum Verdict {
    /** Nothing broke, nothing differs that was not declared, and everything that was declared has come. */
    PASS("PASS"),
    /** Nothing broke, but somebody should know what differs. */
    NOTES("PASS WITH NOTES"),
    FAIL("FAIL");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
