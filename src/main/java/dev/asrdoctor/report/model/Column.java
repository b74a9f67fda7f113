package dev.asrdoctor.report.model;

/**
 * One column of a table.
 *
 * @param width in characters, for formats in which a column has one; 0 for what is left
 * @param below whether it stands under the others where there is no room beside them
 */
public record Column(String title, int width, boolean below) {
    public Column(String title, int width) {
        this(title, width, false);
    }

    /** What is left. */
    public Column(String title) {
        this(title, 0, false);
    }
}
