package dev.asrdoctor.report.model;

import org.jspecify.annotations.Nullable;

/**
 * A subject as people and as programs read it.
 *
 * @param contract null where programs have no use for it
 */
public record Report(Document document, @Nullable Contract contract) {
    public Report(Document document) {
        this(document, null);
    }
}
