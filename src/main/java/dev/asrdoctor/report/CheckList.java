package dev.asrdoctor.report;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.product.Deployment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** The list of checks: a table for people, JSON for programs, an index for docs/checks. */
public final class CheckList {
    private static final int STEP = 4;
    private static final int PROFILE = 7;
    private static final int WIDTH = 80;

    private CheckList() {}

    public static void text(List<Check> checks, PrintWriter out) {
        int idColumns = checks.stream()
                .mapToInt(check -> check.about().id().length())
                .max()
                .orElse(0);
        out.println(row(idColumns, "CHECK", "STEP", "PROFILE", "AREAS"));
        for (Check check : checks) {
            About about = check.about();
            out.println(row(
                    idColumns,
                    about.id(),
                    about.step() == 0 ? "-" : Integer.toString(about.step()),
                    CheckPage.profile(about),
                    areas(about)));
            out.println("  " + Plain.cut(about.title(), WIDTH - 2));
        }
        out.println();
        out.println("asrdoctor explain CHECK tells why one matters and how to fix what it finds.");
        out.println("Step - is the article's best practices, and what it takes for granted.");
    }

    private static String row(int idColumns, String id, String step, String profile, String areas) {
        return Plain.cut(
                (Plain.pad(id, idColumns) + " " + Plain.pad(step, STEP) + " " + Plain.pad(profile, PROFILE) + " "
                                + areas)
                        .stripTrailing(),
                WIDTH);
    }

    private static String areas(About about) {
        return about.areas().stream().map(FactArea::id).collect(Collectors.joining(","));
    }

    /** An array of objects; step 0 stands for the best practices. */
    public static void json(List<Check> checks, PrintWriter out) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            json.writeStartArray();
            for (Check check : checks) {
                About about = check.about();
                json.writeStartObject();
                json.writeStringProperty("id", about.id());
                json.writeStringProperty("title", about.title());
                json.writeNumberProperty("step", about.step());
                json.writeStringProperty("area", about.area().id());
                json.writeArrayPropertyStart("areas");
                about.areas().forEach(area -> json.writeString(area.id()));
                json.writeEndArray();
                json.writeStringProperty("profile", CheckPage.profile(about));
                json.writeArrayPropertyStart("deployments");
                about.deployments().stream().map(Deployment::id).forEach(json::writeString);
                json.writeEndArray();
                json.writeStringProperty("why", about.why());
                json.writeStringProperty("fix", about.fix());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println(text);
    }

    /** The index page of docs/checks. */
    public static String index(List<Check> checks) {
        StringBuilder page = new StringBuilder("""
                # Checks

                `asrdoctor checks` lists them, `asrdoctor explain CHECK` prints one of these pages.

                | check | what holds | step | judged on | profile |
                |---|---|---|---|---|
                """);
        for (Check check : checks) {
            About about = check.about();
            page.append("| [")
                    .append(about.id())
                    .append("](")
                    .append(about.id())
                    .append(".md) | ")
                    .append(about.title())
                    .append(" | ")
                    .append(about.step() == 0 ? "-" : Integer.toString(about.step()))
                    .append(" | ")
                    .append(CheckPage.deployments(about))
                    .append(" | ")
                    .append(CheckPage.profile(about))
                    .append(" |\n");
        }
        return page.toString();
    }
}
