package dev.asrdoctor.cli;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.ChangeException;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Durable;
import dev.asrdoctor.change.Expectation;
import dev.asrdoctor.change.Expectations;
import dev.asrdoctor.change.Fingerprint;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.PolicyLoader;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.FleetChange;
import dev.asrdoctor.fleet.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the commands of a change do alike: read everything, keep it, and judge what was kept. */
final class ChangeWork {
    /** A change may touch anything, so everything is read. */
    static final CheckOptions.Choice EVERYTHING =
            new CheckOptions.Choice(CheckSelection.of(List.of(), List.of(), Profile.FULL), Profile.FULL);

    private final Edges edges;
    private final FleetCommands commands;

    /** @param quiet whether progress would disturb what is printed */
    ChangeWork(Edges edges, CommandLine command, boolean quiet) {
        this.edges = edges;
        OutputOptions output = new OutputOptions();
        output.outputs = List.of(quiet ? "json" : "text");
        this.commands = new FleetCommands(edges, output, command);
    }

    Window.Event event(String what, String detail) {
        return new Window.Event(edges.clock().instant(), edges.whoAndWhere(), what, detail);
    }

    List<Outcome<Facts>> read(FleetOptions.Fleet fleet) throws Exception {
        return commands.read(fleet, EVERYTHING);
    }

    static Judged judged(List<Outcome<Facts>> visits, Policy policy) {
        return FleetChange.judged(visits, policy, Set.copyOf(EVERYTHING.checks()));
    }

    /** Keeps facts, and what they are judged by, whole or not at all; the fingerprint of the facts. */
    static String keep(List<Outcome<Facts>> visits, @Nullable Path policy, @Nullable Path expected, Path folder)
            throws ChangeException {
        Path half = folder.resolveSibling("." + folder.getFileName() + ".half");
        try {
            Durable.delete(half);
            new FactsFolder(half).save(visits);
            copy(policy, half.resolve(WindowStore.POLICY));
            copy(expected, half.resolve(WindowStore.EXPECTED));
            String fingerprint = Fingerprint.ofFolder(half);
            Durable.publish(half, folder);
            return fingerprint;
        } catch (IOException e) {
            throw new ChangeException("the facts could not be kept in " + folder + ": " + Failures.words(e));
        }
    }

    private static void copy(@Nullable Path from, Path to) throws IOException {
        if (from != null) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static @Nullable Path ifThere(Path file) {
        return Files.exists(file) ? file : null;
    }

    /** @throws ChangeException where the facts are not those that were kept */
    static List<Outcome<Facts>> load(Path folder, String fingerprint, String what) throws ChangeException {
        try {
            if (!Fingerprint.ofFolder(folder).equals(fingerprint)) {
                throw new ChangeException(what + " in " + folder
                        + " is not as it was taken: its fingerprint is another one, so nothing can be proven by it");
            }
            return new FactsFolder(folder).load();
        } catch (IOException e) {
            throw new ChangeException(what + " in " + folder + " cannot be read: " + Failures.words(e));
        }
    }

    static List<Expectation> expectations(@Nullable Path file, List<String> servers) throws ConfigException {
        return file == null ? List.of() : Expectations.load(file, servers);
    }

    /** The last verification made again from what was kept; nothing where there was none. */
    Optional<ChangeReport> lastReport(WindowStore store, Window window) throws Exception {
        Optional<Window.Verification> last = window.lastVerified();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Window.Verification verification = last.get();
        Path folder = store.folder(window.id()).resolve(WindowStore.after(verification.number()));
        Path policy = ifThere(folder.resolve(WindowStore.POLICY));
        Policy rules =
                policy == null ? Policy.DEFAULT : PolicyLoader.load(policy).policy();
        Assessment assessment = Assessment.of(
                window.servers(),
                judged(baseline(store, window), rules),
                judged(load(folder, verification.facts(), "what was read after the change"), rules),
                expectations(ifThere(folder.resolve(WindowStore.EXPECTED)), window.servers()),
                verification.notes());
        return Optional.of(report(window, verification, assessment, policy));
    }

    static List<Outcome<Facts>> baseline(WindowStore store, Window window) throws ChangeException {
        return load(store.folder(window.id()).resolve(WindowStore.BASELINE), window.baseline(), "the baseline");
    }

    /** @param policy the copy that was kept, null for the built-in values */
    static ChangeReport report(
            Window window, Window.Verification verification, Assessment assessment, @Nullable Path policy)
            throws IOException {
        return new ChangeReport(
                window,
                verification,
                assessment,
                Version.text(),
                policy == null ? "built-in values" : String.valueOf(policy.getFileName()),
                policy == null ? "" : Fingerprint.ofFile(policy));
    }

    /** Other changes that were open on the same servers since this one was opened. */
    static List<String> overlaps(Window window, List<Window> all) {
        List<String> notes = new ArrayList<>();
        for (Window other : all) {
            List<String> shared =
                    window.servers().stream().filter(other.servers()::contains).toList();
            boolean apart = other.id().equals(window.id())
                    || other.state() == Window.State.OPENING
                    || other.endedAt()
                            .map(end -> !end.isAfter(window.openedAt()))
                            .orElse(false)
                    || (other.state() == Window.State.OPEN && !other.until().isAfter(window.openedAt()));
            if (!apart && !shared.isEmpty()) {
                notes.add("the change window " + other.id() + " was open at the same time on "
                        + String.join(", ", shared) + "; what differs there may be its doing");
            }
        }
        return notes;
    }
}
