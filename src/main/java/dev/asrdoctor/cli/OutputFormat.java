package dev.asrdoctor.cli;

import dev.asrdoctor.config.Suggestion;
import java.util.List;

/** The word behind {@code -o}. */
final class OutputFormat {
    private OutputFormat() {}

    /** @throws UsageException if the command knows no such format */
    static void check(String format, List<String> known) throws UsageException {
        if (!known.contains(format)) {
            throw new UsageException("unknown output format '" + format + "'; known are " + String.join(", ", known)
                    + Suggestion.didYouMean(format, known));
        }
    }
}
