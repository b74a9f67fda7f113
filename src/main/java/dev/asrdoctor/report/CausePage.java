package dev.asrdoctor.report;

import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is known of a cause, as Markdown: a section of docs/causes.md, and what {@code explain} prints. */
public final class CausePage {
    private CausePage() {}

    public static String of(Cause cause) {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(cause.id())
                .append(": ")
                .append(readable(cause.title()))
                .append("\n\n");
        page.append("- Kind: ")
                .append(cause.kind().name().toLowerCase(Locale.ROOT))
                .append('\n');
        page.append("- On: ").append(on(cause)).append('\n');
        page.append("- What it needs makes it: ")
                .append(cause.sureness().name().toLowerCase(Locale.ROOT))
                .append("\n\n");
        list(page, "It needs", cause.needWords());
        list(page, "It is proven by", cause.confirmWords());
        list(page, "More likely with", cause.supportWords());
        list(page, "Less likely with", cause.doubtWords());
        list(page, "Ruled out by", cause.againstWords());
        list(page, "It explains", cause.explainWords());
        list(
                page,
                "Not told apart without a further fact from",
                cause.rivals().stream()
                        .map(rival -> rival.cause() + ": " + rival.decide())
                        .toList());
        page.append("## What to do first\n\n").append(readable(cause.next())).append('\n');
        if (cause.remedy() != null) {
            page.append("\n`asrdoctor remediate` can do it: ")
                    .append(cause.remedy())
                    .append(".\n");
        }
        return page.toString();
    }

    private static String on(Cause cause) {
        return cause.on().containsAll(Products.shipped().deployments())
                ? "every server"
                : Products.shipped().deployments().stream()
                        .filter(cause.on()::contains)
                        .map(Deployment::id)
                        .collect(Collectors.joining(", "));
    }

    private static String readable(String template) {
        return template.replace("{next}", "(what the finding says)").replace("{title}", "(what the finding says)");
    }

    private static void list(StringBuilder page, String heading, List<String> items) {
        if (!items.isEmpty()) {
            page.append("## ").append(heading).append("\n\n");
            items.forEach(item -> page.append("- ").append(item).append('\n'));
            page.append('\n');
        }
    }
}
