package dev.asrdoctor.report;

import dev.asrdoctor.diagnosis.ErrorCode;

/** What is known of an error code, as Markdown: a section of docs/errors.md, and what {@code explain} prints. */
public final class ErrorPage {
    private ErrorPage() {}

    public static String of(ErrorCode error) {
        StringBuilder page = new StringBuilder("# " + error.code());
        error.also().forEach(code -> page.append(", ").append(code));
        page.append("\n\n").append(error.means()).append("\n\n");
        page.append("- On: ").append(error.on()).append('\n');
        page.append("- Confidence: ").append(error.confidence()).append("\n\n");
        if (error.checks().isEmpty()) {
            page.append("No check looks for what is behind it.\n\n");
        } else {
            page.append("## What looks for it\n\n`asrdoctor check --only ")
                    .append(String.join(",", error.checks()))
                    .append("`\n\n");
        }
        return page.append("## What to do first\n\n")
                .append(error.first())
                .append('\n')
                .toString();
    }
}
