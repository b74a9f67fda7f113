package dev.asrdoctor.report.view;

import dev.asrdoctor.check.About;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person has to know of a check: a page of docs/checks, and what {@code explain} prints. */
public final class CheckPage {
    private CheckPage() {}

    /** One page, or all that somebody asked for by what they have in common. */
    public static Document of(String asked, List<About> checks) {
        return checks.size() == 1
                ? of(checks.getFirst())
                : new Document(
                        asked,
                        checks.stream()
                                .flatMap(about -> Stream.of(page(about).section(), new Gap()))
                                .toList());
    }

    public static Document of(About about) {
        return page(about).document();
    }

    private static Pages page(About about) {
        return new Pages(about.id() + ": " + about.title())
                .items(List.of(
                        "Step: " + step(about),
                        "Judged on: " + deployments(about),
                        "Reads: " + about.areas().stream().map(FactArea::id).collect(Collectors.joining(", ")),
                        "Profile: " + Words.word(about.profile())))
                .prose("Why it matters", about.why())
                .prose("How to fix", about.fix())
                .list(
                        "In the policy",
                        about.settings().stream()
                                .map(setting ->
                                        setting.path() + " (" + setting.defaultWords() + "): " + setting.words())
                                .toList())
                .prose(
                        "To leave it out",
                        "checks.disabled: [" + about.id() + "] in the policy. To bear it for a time: a waiver there.");
    }

    static String step(About about) {
        return about.step() == 0 ? "best practices" : about.step() + " of Microsoft's article";
    }

    static String deployments(About about) {
        return Products.shipped().deployments().equals(about.deployments())
                ? "every server"
                : about.deployments().stream().map(Deployment::id).collect(Collectors.joining(", "));
    }
}
