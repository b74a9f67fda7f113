package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Basis;
import dev.asrdoctor.change.ChangeException;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Expectation;
import dev.asrdoctor.change.Expectations;
import dev.asrdoctor.change.Fingerprint;
import dev.asrdoctor.change.FleetChange;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.cli.options.CheckOptions;
import dev.asrdoctor.cli.options.Visits;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the commands of a change do alike: read everything, keep it, and judge what was kept. */
final class ChangeWork {
    /** A change may touch anything, so everything is read. */
    static final CheckOptions.Choice EVERYTHING =
            new CheckOptions.Choice(CheckSelection.of(List.of(), List.of(), Profile.FULL), Profile.FULL);

    private static final String AFTER = "what was read after the change";

    private final Edges edges;
    private final Visits visits;

    /** @param quiet whether progress would disturb what is printed */
    ChangeWork(Edges edges, CommandLine command, boolean quiet) {
        this.edges = edges;
        this.visits = new Visits(edges, quiet, command.getErr());
    }

    Window.Event event(String what, String detail) {
        return new Window.Event(edges.clock().instant(), edges.whoAndWhere(), what, detail);
    }

    List<Outcome<Facts>> read(Fleet fleet) throws Exception {
        List<Outcome<Facts>> read = visits.facts(fleet, EVERYTHING);
        if (Interrupts.wasStopped()) {
            // Nothing may be kept of a reading that is not whole; it was told already that it was stopped.
            throw new InterruptedException(Failures.STOPPED);
        }
        return read;
    }

    /** What every server tells; when the user stops it, those that had not ended say so. */
    List<Outcome<Facts>> readAsFarAsItGoes(Fleet fleet) throws Exception {
        return visits.facts(fleet, EVERYTHING);
    }

    static Judged judged(List<Outcome<Facts>> visits, Policy policy) {
        return FleetChange.judged(visits, policy, Set.copyOf(EVERYTHING.checks()));
    }

    /** Facts that are on disk. */
    record Kept(String fingerprint, Basis basis) {}

    /** Keeps facts, and what they are judged by, whole or not at all. */
    static Kept keep(
            List<Outcome<Facts>> visits, Path inventory, @Nullable Path policy, @Nullable Path expected, Path folder)
            throws ChangeException {
        Path half = folder.resolveSibling("." + folder.getFileName() + ".half");
        try {
            Durable.delete(half);
            new FactsFolder(half).save(visits);
            Basis basis = new Basis(
                    Version.text(),
                    inventory,
                    copy(policy, half.resolve(WindowStore.POLICY)),
                    copy(expected, half.resolve(WindowStore.EXPECTED)));
            String fingerprint = Fingerprint.ofFolder(half);
            Durable.publish(half, folder);
            return new Kept(fingerprint, basis);
        } catch (IOException e) {
            throw new ChangeException("the facts could not be kept in " + folder + ": " + FileTrouble.reason(e));
        }
    }

    /** The fingerprint of the copy, empty for none. */
    private static String copy(@Nullable Path from, Path to) throws IOException {
        if (from == null) {
            return "";
        }
        // Not copied with its attributes: one that may only be read could be neither put on disk nor deleted.
        Durable.write(to, Files.readAllBytes(from), Access.PRIVATE);
        return Fingerprint.ofFile(to);
    }

    /**
     * A file that is kept beside facts.
     *
     * @param fingerprint that it has to have, empty where there has to be none
     * @return null where there is none
     * @throws ChangeException where it is not the one that was kept
     */
    static @Nullable Path kept(Path file, String fingerprint) throws ChangeException {
        try {
            boolean there = Files.exists(file);
            if (!(there ? Fingerprint.ofFile(file) : "").equals(fingerprint)) {
                throw new ChangeException(file + " is not as it was kept: "
                        + (fingerprint.isEmpty()
                                ? "there was none"
                                : there ? "its fingerprint is another one" : "it is gone")
                        + ", so nothing can be proven by it");
            }
            return there ? file : null;
        } catch (IOException e) {
            throw new ChangeException(file + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** @throws ChangeException where the facts are not those that were kept */
    static List<Outcome<Facts>> load(Path folder, String fingerprint, List<String> servers, String what)
            throws ChangeException {
        try {
            if (!Fingerprint.ofFolder(folder).equals(fingerprint)) {
                throw new ChangeException(what + " in " + folder
                        + " is not as it was taken: its fingerprint is another one, so nothing can be proven by it");
            }
            List<Outcome<Facts>> visits = new FactsFolder(folder).load();
            Set<String> names =
                    visits.stream().map(visit -> visit.server().name()).collect(Collectors.toSet());
            if (!names.equals(Set.copyOf(servers))) {
                throw new ChangeException(what + " in " + folder + " is of the servers "
                        + Words.named(names.stream().sorted().toList()) + ", and the window names "
                        + Words.named(servers.stream().sorted().toList()) + ", so nothing can be proven by it");
            }
            return visits;
        } catch (IOException e) {
            throw new ChangeException(what + " in " + folder + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** @throws ChangeException where something beside the facts is not as it was kept */
    private static void prove(Path folder, @Nullable Basis basis) throws ChangeException {
        kept(folder.resolve(WindowStore.POLICY), basis == null ? "" : basis.policy());
        kept(folder.resolve(WindowStore.EXPECTED), basis == null ? "" : basis.declared());
    }

    static List<Expectation> expectations(@Nullable Path file, List<String> servers) throws ConfigException {
        return file == null ? List.of() : Expectations.load(file, servers);
    }

    /**
     * The last verification made again from what was kept; nothing where there was none.
     *
     * @throws ChangeException where something that it rests on is not as it was kept
     */
    Optional<ChangeReport> lastReport(WindowStore store, Window window) throws Exception {
        Optional<Window.Verification> last = window.lastVerified();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Window.Verification verification = last.get();
        Path folder = store.folder(window.id()).resolve(WindowStore.after(verification.number()));
        Path before = store.folder(window.id()).resolve(WindowStore.BASELINE);
        List<Outcome<Facts>> baseline = baseline(store, window);
        prove(before, window.basis());
        List<Outcome<Facts>> visits = load(folder, verification.facts(), window.servers(), AFTER);
        prove(folder, verification.basis());
        Path policy = ifThere(folder.resolve(WindowStore.POLICY));
        Policy rules = policy == null ? Policy.DEFAULT : PolicyFile.load(policy).policy();
        Assessment assessment = Assessment.of(
                window.servers(),
                judged(baseline, rules),
                judged(visits, rules),
                expectations(ifThere(folder.resolve(WindowStore.EXPECTED)), window.servers()),
                verification.notes());
        return Optional.of(report(window, verification, assessment));
    }

    private static @Nullable Path ifThere(Path file) {
        return Files.exists(file) ? file : null;
    }

    static List<Outcome<Facts>> baseline(WindowStore store, Window window) throws ChangeException {
        return load(
                store.folder(window.id()).resolve(WindowStore.BASELINE),
                window.baseline(),
                window.servers(),
                "the baseline");
    }

    static ChangeReport report(Window window, Window.Verification verification, Assessment assessment) {
        Basis basis = verification.basis();
        String policy = basis == null ? "" : basis.policy();
        return new ChangeReport(
                window,
                verification,
                assessment,
                Version.text(),
                policy.isEmpty() ? "built-in values" : WindowStore.POLICY,
                policy);
    }

    /**
     * Other changes that were open on the same servers since this one was opened, and windows of which nobody knows.
     *
     * @param now for how it is told
     */
    static List<String> overlaps(Window window, WindowStore.Contents all, Instant now) {
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
