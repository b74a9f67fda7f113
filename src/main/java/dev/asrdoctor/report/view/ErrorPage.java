package dev.asrdoctor.report.view;

import dev.asrdoctor.diagnosis.ErrorCode;
import dev.asrdoctor.report.model.Document;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of an error code: a section of docs/errors.md, and what {@code explain} prints. */
public final class ErrorPage {
    private ErrorPage() {}

    public static Document of(ErrorCode error) {
        String codes =
                Stream.concat(Stream.of(error.code()), error.also().stream()).collect(Collectors.joining(", "));
        return new Pages(codes)
                .begin(error.means())
                .items(List.of("On: " + error.on(), "Confidence: " + error.confidence()))
                .prose(
                        "What looks for it",
                        error.checks().isEmpty()
                                ? "No check looks for what is behind it."
                                : "`asrdoctor check --only " + String.join(",", error.checks()) + "`")
                .prose("What to do first", error.first())
                .document();
    }
}
