package dev.asrdoctor.change;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a report of a change tells beside its verdict, since the facts alone cannot. */
final class ChangeNotes {
    private ChangeNotes() {}

    /** @param with what was read, and is judged by */
    static List<String> of(Window window, Windows.Contents all, Instant now, Basis with, ZoneId zone) {
        List<String> notes = new ArrayList<>(overlaps(window, all, now));
        if (!with.inventory().equals(window.inventory())) {
            notes.add("the baseline was read with the inventory " + window.inventory() + ", and this with "
                    + with.inventory());
        }
        Basis before = window.basis();
        if (before != null && !before.policy().equals(with.policy())) {
            notes.add("both are judged by another policy than that of the opening");
        }
        if (before != null && !before.declared().equals(with.declared())) {
            notes.add("the differences were not declared when the window was opened, but "
                    + (before.declared().isEmpty() ? "now" : "others were; these stand in their place"));
        }
        if (window.forced() != null) {
            notes.add("it was opened by force although the fleet was not fit to be changed: " + window.forced());
        }
        window.history().stream()
                .filter(event -> event.what().equals(Window.REOPENED))
                .forEach(event -> notes.add("the window had ended before it was extended " + event.detail()
                        + "; in between nothing was held back"));
        if (window.expired(now)) {
            notes.add("the window had ended at " + Words.minute(window.until(), zone)
                    + " already; since then nothing was held back");
        }
        return notes;
    }

    /**
     * Other changes that were open on the same servers since this one was opened, and windows of which nobody knows.
     *
     * @param now for how it is told
     */
    static List<String> overlaps(Window window, Windows.Contents all, Instant now) {
        List<String> notes = new ArrayList<>();
        for (Window other : all.windows()) {
            List<String> shared = window.servers().stream().filter(other::names).toList();
            boolean apart = other.id().equals(window.id())
                    || other.state() == Window.State.OPENING
                    || other.endedAt()
                            .map(end -> !end.isAfter(window.openedAt()))
                            .orElse(false)
                    || (other.state() == Window.State.OPEN && !other.until().isAfter(window.openedAt()));
            if (!apart && !shared.isEmpty()) {
                notes.add("the change window " + other.id()
                        + (other.holds(now) ? " is open at the same time on " : " was open at the same time on ")
                        + Words.named(shared) + "; what differs there may be its doing");
            }
        }
        all.unusable().forEach(why -> notes.add("whether another window overlaps is not known: " + why));
        return notes;
    }

    /** What nobody can tell from the facts: another machine may answer to a server's name, or be judged otherwise. */
    static List<String> reads(List<Outcome<Facts>> before, List<Outcome<Facts>> after) {
        Map<String, Outcome<Facts>> was = new LinkedHashMap<>();
        before.forEach(visit -> was.put(visit.server().name(), visit));
        List<String> notes = new ArrayList<>();
        Map<String, List<String>> never = new TreeMap<>();
        for (Outcome<Facts> visit : after) {
            Outcome<Facts> other = was.get(visit.server().name());
            if (other == null) {
                continue;
            }
            String said = said(other.server(), visit.server());
            if (!said.isEmpty()) {
                notes.add("the inventory says otherwise of " + visit.server().name() + " than at the opening: " + said);
            }
            if (other instanceof Outcome.Done<Facts> one && visit instanceof Outcome.Done<Facts> two) {
                for (FactArea<?> area : FactArea.all()) {
                    if (unreadable(one.value(), area) && unreadable(two.value(), area)) {
                        never.computeIfAbsent(area.id(), id -> new ArrayList<>())
                                .add(visit.server().name());
                    }
                }
            }
        }
        never.forEach((area, servers) -> notes.add(area + " could not be read before nor after on "
                + Words.named(servers) + ", so nothing is known of what differs there"));
        return notes;
    }

    /** Checks that could not judge either time; that both are the same proves nothing. */
    static List<String> neverJudged(Assessment assessment) {
        Map<String, Set<String>> checks = new TreeMap<>();
        for (Assessment.ServerChange server : assessment.servers()) {
            for (ProblemChange problem : server.problems(ProblemChange.Kind.UNCHANGED)) {
                Finding before = problem.before();
                Finding after = problem.after();
                if (before != null
                        && after != null
                        && before.status() == Status.UNKNOWN
                        && after.status() == Status.UNKNOWN) {
                    checks.computeIfAbsent(after.check(), check -> new LinkedHashSet<>())
                            .add(server.server());
                }
            }
        }
        List<String> notes = new ArrayList<>();
        checks.forEach((check, servers) ->
                notes.add(check + " could not be judged before nor after on " + Words.named(List.copyOf(servers))));
        return notes;
    }

    private static boolean unreadable(Facts facts, FactArea<?> area) {
        return facts.get(area) instanceof Area.Unreadable<?>(String error, String message)
                && !error.equals(Area.NOT_ASKED);
    }

    /** Whatever decides which machine is read and how it is judged; empty where all of it is the same. */
    private static String said(Server before, Server after) {
        List<String> said = new ArrayList<>();
        differing(said, "address", before.address() + ":" + before.port(), after.address() + ":" + after.port());
        differing(
                said, "deployment", before.deployment().id(), after.deployment().id());
        differing(said, "site", before.site(), after.site());
        differing(said, "replication", before.role(), after.role());
        differing(said, "groups", Set.copyOf(before.groups()), Set.copyOf(after.groups()));
        differing(said, "tags", before.tags(), after.tags());
        return String.join("; ", said);
    }

    private static void differing(List<String> said, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            boolean simple = before instanceof String && after instanceof String;
            said.add(simple ? what + " " + before + ", now " + after : "another " + what);
        }
    }
}
