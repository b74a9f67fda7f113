package dev.asrdoctor.report.view;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.stream.Collectors;

/** All checks. */
public final class ChecksView {
    private static final int STEP = 4;
    private static final int PROFILE = 7;

    private ChecksView() {}

    public static Document of(List<Check> checks) {
        int id = checks.stream()
                .mapToInt(check -> check.about().id().length())
                .max()
                .orElse(0);
        List<Column> columns = List.of(
                new Column("CHECK", id),
                new Column("STEP", STEP),
                new Column("PROFILE", PROFILE),
                new Column("AREAS"),
                new Column("TITLE", 0, true));
        return new Document(
                        "Checks",
                        List.of(
                                new Gap(),
                                new Note(
                                        Tone.PLAIN,
                                        "asrdoctor explain CHECK tells why one matters and how to fix what it finds."),
                                new Note(
                                        Tone.PLAIN,
                                        "Step - is the article's best practices, and what it takes for granted.")),
                        List.of(new Table(
                                columns,
                                true,
                                checks.stream()
                                        .map(check -> line(check.about()))
                                        .toList())))
                .with(new Sheet(
                        List.of("check", "step", "area", "areas", "profile", "deployments", "title", "why", "fix"),
                        checks.stream().map(check -> row(check.about())).toList()));
    }

    private static List<Cell> line(About about) {
        return List.of(
                Cell.of(about.id()),
                Cell.of(about.step() == 0 ? "-" : Integer.toString(about.step())),
                Cell.of(Words.word(about.profile())),
                Cell.of(areas(about, ",")),
                Cell.of(about.title()));
    }

    private static String areas(About about, String between) {
        return about.areas().stream().map(FactArea::id).collect(Collectors.joining(between));
    }

    private static List<String> row(About about) {
        return List.of(
                about.id(),
                Integer.toString(about.step()),
                about.area().id(),
                areas(about, "; "),
                Words.word(about.profile()),
                about.deployments().stream().map(Deployment::id).collect(Collectors.joining("; ")),
                about.title(),
                about.why(),
                about.fix());
    }

    /** The page of docs/checks that leads to the others. */
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
                    .append(Words.word(about.profile()))
                    .append(" |\n");
        }
        return page.toString();
    }
}
