package dev.asrdoctor.report.model;

import java.util.EnumSet;
import java.util.Set;

/** What is reported on, and which parts a report of it has. */
public enum Subject {
    CHECK(Part.CONTRACT, Part.ROWS, Part.CASES),
    DIAGNOSIS(Part.CONTRACT, Part.ROWS, Part.CASES),
    EXAMINATION(Part.CONTRACT, Part.ROWS, Part.CASES),
    REMEDY(Part.CONTRACT, Part.ROWS, Part.CASES),
    JOURNAL(Part.CONTRACT, Part.ROWS),
    CHANGE(Part.CONTRACT, Part.ROWS, Part.CASES),
    WINDOWS(Part.CONTRACT, Part.ROWS),
    DIFFERENCES(Part.CONTRACT, Part.ROWS),
    SERVERS(Part.CONTRACT, Part.ROWS),
    CHECKS(Part.CONTRACT, Part.ROWS),
    BENCH(Part.CONTRACT, Part.ROWS),
    /** What is known of a check, a cause, an error code or a product. */
    KNOWLEDGE;

    /** What a format is made from. */
    public enum Part {
        DOCUMENT,
        CONTRACT,
        ROWS,
        CASES
    }

    private final Set<Part> parts = EnumSet.of(Part.DOCUMENT);

    Subject(Part... parts) {
        this.parts.addAll(Set.of(parts));
    }

    public boolean has(Part part) {
        return parts.contains(part);
    }
}
