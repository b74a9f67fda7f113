package dev.asrdoctor.change;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last report of a change, made again from what was kept. */
public final class LastReport {
    private static final String AFTER = "what was read after the change";

    private final Rules rules;
    private final String version;

    /** @param version of this program */
    public LastReport(Rules rules, String version) {
        this.rules = rules;
        this.version = version;
    }

    /**
     * The last verification made again from what was kept; nothing where there was none.
     *
     * @throws ChangeException where something that it rests on is not as it was kept
     */
    public Optional<ChangeReport> of(WindowStore store, Window window) throws Exception {
        Optional<Window.Verification> last = window.lastVerified();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Window.Verification verification = last.get();
        Path folder = store.folder(window.id()).resolve(WindowStore.after(verification.number()));
        Path before = store.folder(window.id()).resolve(WindowStore.BASELINE);
        List<Outcome<Facts>> baseline = KeptFacts.baseline(store, window);
        KeptFacts.prove(before, window.basis());
        List<Outcome<Facts>> visits = KeptFacts.load(folder, verification.facts(), window.servers(), AFTER);
        KeptFacts.prove(folder, verification.basis());
        Path policy = ifThere(folder.resolve(WindowStore.POLICY));
        Policy policies = policy == null ? Policy.DEFAULT : rules.read(policy);
        Assessment assessment = Assessment.of(
                window.servers(),
                FleetChange.judged(baseline, policies),
                FleetChange.judged(visits, policies),
                Expectations.loadOrNone(ifThere(folder.resolve(WindowStore.EXPECTED)), window.servers()),
                verification.notes());
        return Optional.of(ChangeReport.of(window, verification, assessment, version));
    }

    private static @Nullable Path ifThere(Path file) {
        return Files.exists(file) ? file : null;
    }
}
