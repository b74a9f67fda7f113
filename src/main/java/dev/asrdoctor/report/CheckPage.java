package dev.asrdoctor.report;

import dev.asrdoctor.check.About;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person has to know of a check, as Markdown: a page of docs/checks, and what {@code explain} prints. */
public final class CheckPage {
    private static final int WIDTH = 100;

    private CheckPage() {}

    public static String of(About about) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(about.id()).append(": ").append(about.title()).append("\n\n");
        page.append("- Step: ").append(step(about)).append('\n');
        page.append("- Judged on: ").append(deployments(about)).append('\n');
        page.append("- Reads: ")
                .append(about.areas().stream().map(FactArea::id).collect(Collectors.joining(", ")))
                .append('\n');
        page.append("- Profile: ").append(profile(about)).append("\n\n");
        section(page, "Why it matters", about.why());
        section(page, "How to fix", about.fix());
        if (!about.settings().isEmpty()) {
            page.append("## In the policy\n\n");
            about.settings()
                    .forEach(setting -> page.append("- `")
                            .append(setting.path())
                            .append("` (")
                            .append(setting.defaultWords())
                            .append("): ")
                            .append(setting.words())
                            .append('\n'));
            page.append('\n');
        }
        page.append("To leave it out: `checks.disabled: [")
                .append(about.id())
                .append("]` in the policy. To bear it for a time: a waiver there.\n");
        return page.toString();
    }

    public static String step(About about) {
        return about.step() == 0 ? "best practices" : about.step() + " of Microsoft's article";
    }

    public static String profile(About about) {
        return about.profile().name().toLowerCase(Locale.ROOT);
    }

    public static String deployments(About about) {
        return Products.shipped().deployments().equals(about.deployments())
                ? "every server"
                : about.deployments().stream().map(Deployment::id).collect(Collectors.joining(", "));
    }

    private static void section(StringBuilder page, String heading, String text) {
        page.append("## ").append(heading).append("\n\n");
        boolean within = false;
        for (Plain.Line line : Plain.advice(text, WIDTH)) {
            page.append(line.command() != within ? "\n" : "")
                    .append(line.command() ? "    " : "")
                    .append(line.text())
                    .append('\n');
            within = line.command();
        }
        page.append('\n');
    }
}
