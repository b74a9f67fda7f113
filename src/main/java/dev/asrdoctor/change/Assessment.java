package dev.asrdoctor.change;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.store.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change did, and whether its window can be closed; pure.
 *
 * @param servers in the order of the window
 * @param missingAnywhere declared differences that came on no server though one was enough
 * @param notes what somebody should know beside the servers
 */
public record Assessment(
        List<ServerChange> servers, List<Missing> missingAnywhere, List<String> notes, Comparison comparison) {

    /** Between healthy and failing; both unknown and failing are never healthy. */
    private static final Map<Status, Integer> RANK = Map.of(
            Status.PASS, 0, Status.SKIPPED, 0, Status.WAIVED, 0, Status.WARN, 1, Status.UNKNOWN, 2, Status.FAIL, 3);

    /** @param declared the line that it was declared with, null where nobody said that it would come */
    public record Drift(Difference difference, @Nullable Expectation declared) {}

    /** @param instead what is there in its place, empty where nothing can be said */
    public record Missing(Expectation expectation, String instead) {}

    /**
     * @param unread null where it was read after the change
     * @param unreadBefore whether there is no baseline of it
     */
    public record ServerChange(
            String server,
            Reading.@Nullable Unread unread,
            boolean unreadBefore,
            List<ProblemChange> problems,
            List<Drift> drift,
            List<Missing> missing) {

        public List<ProblemChange> problems(ProblemChange.Kind kind) {
            return problems.stream().filter(problem -> problem.kind() == kind).toList();
        }

        public List<Drift> undeclared() {
            return drift.stream().filter(one -> one.declared() == null).toList();
        }

        public List<Drift> declared() {
            return drift.stream().filter(one -> one.declared() != null).toList();
        }

        public Verdict verdict() {
            if (unread != null || !problems(ProblemChange.Kind.NEW).isEmpty() || !missing.isEmpty()) {
                return Verdict.FAIL;
            }
            return unreadBefore
                            || !problems(ProblemChange.Kind.NEW_WARNING).isEmpty()
                            || !undeclared().isEmpty()
                    ? Verdict.NOTES
                    : Verdict.PASS;
        }

        /** What is waited for, in a few words; empty where nothing is. */
        public String waitingFor() {
            if (unread != null) {
                return unread.message();
            }
            List<String> all = new ArrayList<>();
            problems(ProblemChange.Kind.NEW)
                    .forEach(problem -> all.add(problem.finding().title()));
            missing.forEach(one -> all.add(one.expectation().path() + " has not come"));
            return all.isEmpty() ? "" : all.getFirst() + (all.size() > 1 ? ", and " + (all.size() - 1) + " more" : "");
        }
    }

    public Assessment {
        servers = List.copyOf(servers);
        missingAnywhere = List.copyOf(missingAnywhere);
        notes = List.copyOf(notes);
    }

    public Verdict verdict() {
        if (!missingAnywhere.isEmpty() || servers.stream().anyMatch(server -> server.verdict() == Verdict.FAIL)) {
            return Verdict.FAIL;
        }
        return notes.isEmpty()
                        && comparison.notCompared().isEmpty()
                        && servers.stream().allMatch(server -> server.verdict() == Verdict.PASS)
                ? Verdict.PASS
                : Verdict.NOTES;
    }

    public boolean anyUnread() {
        return servers.stream().anyMatch(server -> server.unread() != null);
    }

    /**
     * @param servers of the window; one that is in neither set was not read
     * @param notes what is known beside the facts, for example another change on the same servers
     */
    public static Assessment of(
            List<String> servers, Judged before, Judged after, List<Expectation> expectations, List<String> notes) {
        Comparison comparison = FactDiff.compare(only(servers, before.readings()), only(servers, after.readings()));
        Map<String, List<Difference>> differences = new LinkedHashMap<>();
        comparison
                .differences()
                .forEach(difference -> differences
                        .computeIfAbsent(difference.server(), server -> new ArrayList<>())
                        .add(difference));
        Map<String, ServerReport> was = byName(before.reports());
        Map<String, ServerReport> is = byName(after.reports());
        Declared declared = new Declared(expectations);
        List<ServerChange> changes = new ArrayList<>();
        for (String server : servers) {
            changes.add(server(
                    server,
                    before.readings().get(server),
                    after.readings().get(server),
                    differences.getOrDefault(server, List.of()),
                    problems(server, was.get(server), is.get(server)),
                    declared));
        }
        return new Assessment(changes, declared.cameNowhere(), notes, comparison);
    }

    private static Map<String, Reading> only(List<String> servers, Map<String, Reading> all) {
        Map<String, Reading> chosen = new LinkedHashMap<>();
        servers.stream().filter(all::containsKey).forEach(server -> chosen.put(server, all.get(server)));
        return chosen;
    }

    private static Map<String, ServerReport> byName(List<ServerReport> reports) {
        Map<String, ServerReport> byName = new LinkedHashMap<>();
        reports.forEach(report -> byName.put(report.server().name(), report));
        return byName;
    }

    private static ServerChange server(
            String name,
            @Nullable Reading before,
            @Nullable Reading after,
            List<Difference> differences,
            List<ProblemChange> problems,
            Declared declared) {
        boolean unreadBefore = !(before instanceof Reading.Read);
        if (!(after instanceof Reading.Read read)) {
            Reading.Unread unread = after instanceof Reading.Unread known
                    ? known
                    : new Reading.Unread("", "not-visited", "it was not visited", "Name it in the inventory again.");
            return new ServerChange(name, unread, unreadBefore, List.of(), List.of(), List.of());
        }
        List<Drift> drift = differences.stream()
                .map(difference -> new Drift(difference, declared.by(difference)))
                .toList();
        List<ProblemChange> judged =
                problems.stream().map(problem -> judged(problem, declared)).toList();
        List<Difference> all = new ArrayList<>(differences);
        problems.stream()
                .filter(Assessment::differs)
                .map(ProblemChange::asDifference)
                .forEach(all::add);
        return new ServerChange(name, null, unreadBefore, judged, drift, declared.missing(name, all, read));
    }

    private static boolean differs(ProblemChange problem) {
        return problem.kind() != ProblemChange.Kind.UNCHANGED && problem.isOfAnotherVerdict();
    }

    /** A problem that was declared is expected, and one that has gone has gone. */
    private static ProblemChange judged(ProblemChange problem, Declared declared) {
        Expectation expectation = differs(problem) ? declared.by(problem.asDifference()) : null;
        return expectation == null || problem.kind() == ProblemChange.Kind.GONE
                ? problem
                : new ProblemChange(problem.server(), ProblemChange.Kind.EXPECTED, problem.before(), problem.after());
    }

    private static List<ProblemChange> problems(
            String server, @Nullable ServerReport before, @Nullable ServerReport after) {
        Map<List<String>, Finding> was = findings(before);
        Map<List<String>, Finding> is = findings(after);
        Set<List<String>> all = new LinkedHashSet<>(is.keySet());
        all.addAll(was.keySet());
        List<ProblemChange> changes = new ArrayList<>();
        boolean comparable = before != null && before.reached();
        for (List<String> key : all) {
            Finding one = was.get(key);
            Finding other = is.get(key);
            ProblemChange.Kind kind = kind(one, other, comparable);
            if (kind != null) {
                changes.add(new ProblemChange(server, kind, one, other));
            }
        }
        return changes;
    }

    /** @param comparable whether anything is known of before */
    private static ProblemChange.@Nullable Kind kind(
            @Nullable Finding before, @Nullable Finding after, boolean comparable) {
        int was = rank(before);
        int is = rank(after);
        if (is == 0) {
            return was == 0 ? null : ProblemChange.Kind.GONE;
        }
        if (!comparable) {
            return ProblemChange.Kind.UNCHANGED;
        }
        if (before != null && after != null && (worse(before, after) || wasJudged(before, after))) {
            return ProblemChange.Kind.NEW;
        }
        if (is <= was) {
            return ProblemChange.Kind.UNCHANGED;
        }
        return is == 1 ? ProblemChange.Kind.NEW_WARNING : ProblemChange.Kind.NEW;
    }

    private static boolean worse(Finding before, Finding after) {
        return before.status() == Status.FAIL
                && after.status() == Status.FAIL
                && after.severity().compareTo(before.severity()) > 0;
    }

    /** What is not known any more is not the old problem, which may have become any other. */
    private static boolean wasJudged(Finding before, Finding after) {
        return before.status() == Status.FAIL && after.status() == Status.UNKNOWN;
    }

    private static int rank(@Nullable Finding finding) {
        return finding == null ? 0 : Objects.requireNonNull(RANK.get(finding.status()));
    }

    /** By check and subject; of several the worst. */
    private static Map<List<String>, Finding> findings(@Nullable ServerReport report) {
        Map<List<String>, Finding> findings = new LinkedHashMap<>();
        if (report != null) {
            for (Finding finding : report.findings()) {
                if (!finding.check().equals(ServerReport.REACHABLE)) {
                    findings.merge(
                            List.of(finding.check(), finding.subject()),
                            finding,
                            (one, other) -> rank(other) > rank(one) ? other : one);
                }
            }
        }
        return findings;
    }
}
