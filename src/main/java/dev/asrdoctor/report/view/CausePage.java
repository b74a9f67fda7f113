package dev.asrdoctor.report.view;

import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a cause: a section of docs/causes.md, and what {@code explain} prints. */
public final class CausePage {
    private CausePage() {}

    public static Document of(Cause cause) {
        return new Pages(cause.id() + ": " + readable(cause.title()))
                .items(List.of(
                        "Kind: " + Words.word(cause.kind()),
                        "On: " + on(cause),
                        "What it needs makes it: " + Words.word(cause.sureness())))
                .list("It needs", cause.needWords())
                .list("It is proven by", cause.confirmWords())
                .list("More likely with", cause.supportWords())
                .list("Less likely with", cause.doubtWords())
                .list("Ruled out by", cause.againstWords())
                .list("It explains", cause.explainWords())
                .list(
                        "Not told apart without a further fact from",
                        cause.rivals().stream()
                                .map(rival -> rival.cause() + ": " + rival.decide())
                                .toList())
                .section(
                        "What to do first",
                        Stream.concat(
                                Stream.of(Pages.note(readable(cause.next()))),
                                Stream.ofNullable(cause.remedy())
                                        .map(remedy -> Pages.note("asrdoctor remediate can do it: " + remedy + "."))))
                .document();
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
}
