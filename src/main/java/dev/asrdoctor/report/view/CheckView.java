package dev.asrdoctor.report.view;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Folded;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Servers with what was found on them, the worst first: for a terminal equal findings once with the names of all their
 * servers, for a page server by server.
 */
public final class CheckView {
    private static final int MOST_PASSING = 20;
    private static final int NAMED = 40;

    /** How much is told. */
    public enum Detail {
        /** Servers with problems alone. */
        QUIET,
        /** Every server, with its problems and what to do. */
        NORMAL,
        /** Every finding that is no pass with its evidence. */
        VERBOSE
    }

    private final List<ServerReport> servers;
    private final RunInfo run;
    private final Detail detail;

    public CheckView(List<ServerReport> servers, RunInfo run, Detail detail) {
        this.servers = servers;
        this.run = run;
        this.detail = detail;
    }

    /** All servers, and a line about them below where there are only lines. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Only(Medium.PAGE, List.of(summary())));
        blocks.addAll(body());
        blocks.add(new Only(Medium.TERMINAL, List.of(summary())));
        return blocks;
    }

    /** All servers. */
    List<Block> body() {
        return List.of(
                new Only(Medium.TERMINAL, () -> terminal().iterator()), new Only(Medium.PAGE, () -> page().iterator()));
    }

    private record Ranked(int rank, Supplier<Block> block) {}

    private Stream<Block> terminal() {
        EqualFindings equal = EqualFindings.of(servers);
        List<Ranked> ranked = new ArrayList<>();
        for (EqualFindings.Shared shared : equal.shared()) {
            ranked.add(new Ranked(Marks.rank(shared.worst()), () -> shared(shared)));
        }
        long passing = servers.stream().filter(CheckView::isHealthy).count();
        boolean fold = detail == Detail.NORMAL && passing > MOST_PASSING;
        for (ServerReport server : servers) {
            if (isToldAlone(server, equal, fold)) {
                ranked.add(new Ranked(Marks.rank(server.status()), () -> server(server, equal)));
            }
        }
        List<Block> last = new ArrayList<>();
        if (fold) {
            last.add(new Item(Marks.of(Status.PASS), passing + " servers pass; -v tells each"));
        }
        if (fold || !ranked.isEmpty()) {
            last.add(new Gap());
        }
        ranked.sort(Comparator.comparingInt(Ranked::rank));
        return Stream.concat(ranked.stream().map(one -> one.block().get()), last.stream());
    }

    private boolean isToldAlone(ServerReport server, EqualFindings equal, boolean fold) {
        if (isProblem(server)) {
            return detail == Detail.VERBOSE || !problems(server).allMatch(equal::isShared);
        }
        return detail != Detail.QUIET && !(fold && isHealthy(server));
    }

    private Block shared(EqualFindings.Shared shared) {
        List<String> deployments = shared.servers().stream()
                .map(server -> server.server().deployment().id())
                .distinct()
                .toList();
        List<String> names =
                shared.servers().stream().map(server -> server.server().name()).toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Note(Tone.FAINT, detail == Detail.VERBOSE ? String.join(", ", names) : Words.first(names, NAMED)));
        shared.servers().forEach(server -> planned(server, true, blocks));
        if (detail == Detail.VERBOSE) {
            blocks.add(new Note(Tone.FAINT, "what was read is told of " + names.getFirst() + ":"));
        }
        shared.findings().stream()
                .sorted(FindingBlocks.WORST_FIRST)
                .forEach(finding -> blocks.add(FindingBlocks.of(finding, detail == Detail.VERBOSE)));
        return new Entry(
                Marks.of(shared.worst()).spelledOut(),
                names.size() + " servers",
                List.of(
                        deployments.size() == 1 ? deployments.getFirst() : deployments.size() + " deployments",
                        Words.count(shared.findings().size(), "finding") + " each"),
                blocks);
    }

    private Block server(ServerReport server, EqualFindings equal) {
        List<Finding> told = server.findings().stream()
                .filter(finding -> Marks.isProblem(finding.status())
                        ? !equal.isShared(finding)
                        : detail == Detail.VERBOSE && (finding.status() != Status.PASS || servers.size() == 1))
                .sorted(FindingBlocks.WORST_FIRST)
                .toList();
        long above = problems(server).filter(equal::isShared).count();
        long own = problems(server).count() - above;
        String note = own + above == 0
                ? healthy(server)
                : own == 0
                        ? Words.count(above, "finding") + ", told above"
                        : Words.count(own, "finding") + (above == 0 ? "" : ", " + above + " above");
        List<Block> blocks = new ArrayList<>();
        planned(server, false, blocks);
        told.forEach(finding -> blocks.add(FindingBlocks.of(finding, detail == Detail.VERBOSE)));
        if (detail == Detail.VERBOSE && servers.size() > 1) {
            blocks.addAll(FindingBlocks.passes(server.findings()));
        }
        return entry(server, note, blocks);
    }

    private static Entry entry(ServerReport server, String note, List<Block> blocks) {
        return new Entry(
                Marks.of(server.status()).spelledOut(),
                server.server().name(),
                List.of(server.server().deployment().id(), note),
                blocks);
    }

    private Stream<Block> page() {
        return Stream.of(
                new Section("Servers", 1, () -> Stream.concat(wrong(), passed()).iterator()));
    }

    private Stream<Block> wrong() {
        List<ServerReport> wrong = servers.stream()
                .filter(server -> !isHealthy(server))
                .filter(server -> detail != Detail.QUIET || isProblem(server))
                .sorted(Comparator.comparingInt(server -> Marks.rank(server.status())))
                .toList();
        // Sorting and showing in one stream would make all blocks before the first is shown.
        return wrong.stream().map(this::onPage);
    }

    private Stream<Block> passed() {
        List<ServerReport> healthy =
                servers.stream().filter(CheckView::isHealthy).toList();
        return healthy.isEmpty() || detail == Detail.QUIET
                ? Stream.empty()
                : Stream.of(new Folded(
                        Marks.of(Status.PASS),
                        Words.count(healthy.size(), "healthy server"),
                        () -> healthy.stream().map(this::onPage).iterator()));
    }

    private Block onPage(ServerReport server) {
        List<Block> blocks = new ArrayList<>();
        planned(server, false, blocks);
        server.findings().stream()
                .filter(finding -> finding.status() != Status.PASS)
                .sorted(FindingBlocks.WORST_FIRST)
                .forEach(finding -> blocks.add(FindingBlocks.of(finding, false)));
        long problems = problems(server).count();
        blocks.addAll(FindingBlocks.passes(server.findings()));
        return entry(server, problems == 0 ? healthy(server) : Words.count(problems, "finding"), blocks);
    }

    private void planned(ServerReport server, boolean named, List<Block> blocks) {
        run.planned()
                .of(server.server().name())
                .ifPresent(hold ->
                        blocks.add(planned(named ? " on " + server.server().name() : "", hold)));
    }

    static Note planned(String where, OpenWindows.Hold hold) {
        return new Note(
                Tone.FAINT,
                Prose.words("planned" + where + ": " + hold.change() + " is open until ")
                        .and(hold.until()));
    }

    private static String healthy(ServerReport report) {
        List<String> titles = report.findings().stream()
                .filter(finding -> finding.status() == Status.PASS)
                .map(Finding::title)
                .toList();
        long waived = report.findings().stream()
                .filter(finding -> finding.status() == Status.WAIVED)
                .count();
        String passed =
                titles.isEmpty() ? "" : titles.size() == 1 ? titles.getFirst() : titles.size() + " checks passed";
        return waived == 0 ? passed : passed + (passed.isEmpty() ? "" : "; ") + waived + " waived";
    }

    /** How many there are of each kind. */
    Block summary() {
        Prose line =
                Prose.words(Words.count(servers.size(), "server"), Tone.STRONG).and(": ");
        boolean first = true;
        for (Status status : List.of(Status.PASS, Status.WARN, Status.FAIL, Status.UNKNOWN, Status.SKIPPED)) {
            long count =
                    servers.stream().filter(server -> server.status() == status).count();
            if (count > 0) {
                line = first ? line : line.and(", ");
                line = line.and(count + " " + word(status), Marks.tone(status));
                first = false;
            }
        }
        Duration took = Duration.between(run.startedAt(), run.finishedAt());
        return new Note(
                Tone.PLAIN, line.and(String.format(Locale.ROOT, " (%.1f s)", took.toMillis() / 1000.0), Tone.FAINT));
    }

    private static String word(Status status) {
        return switch (status) {
            case PASS -> "healthy";
            case WARN -> "warned";
            case FAIL -> "failing";
            case UNKNOWN -> "unknown";
            case SKIPPED -> "skipped";
            case WAIVED -> "waived";
        };
    }

    private static Stream<Finding> problems(ServerReport server) {
        return server.findings().stream().filter(finding -> Marks.isProblem(finding.status()));
    }

    private static boolean isProblem(ServerReport server) {
        return Marks.isProblem(server.status());
    }

    private static boolean isHealthy(ServerReport server) {
        return server.status() == Status.PASS;
    }
}
