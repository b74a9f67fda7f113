package dev.asrdoctor.change;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.store.Evidence;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.util.List;
import java.util.Optional;

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
    public Optional<ChangeReport> of(Windows windows, Window window) throws Exception {
        Optional<Window.Verification> last = window.lastVerified();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Window.Verification verification = last.get();
        Evidence after = windows.evidence(window, Windows.after(verification.number()));
        List<Outcome<Facts>> baseline = KeptFacts.baseline(windows, window);
        KeptFacts.beside(windows.evidence(window, Windows.BASELINE), window.basis());
        List<Outcome<Facts>> visits = KeptFacts.load(after, verification.facts(), window.servers(), AFTER);
        KeptFacts.Beside beside = KeptFacts.beside(after, verification.basis());
        Attachment policy = beside.policy();
        Policy policies = policy == null ? Policy.DEFAULT : rules.read(policy);
        Assessment assessment = Assessment.of(
                window.servers(),
                FleetChange.judged(baseline, policies),
                FleetChange.judged(visits, policies),
                Expectations.keptOrNone(beside.expected(), window.servers()),
                verification.notes());
        return Optional.of(ChangeReport.of(window, verification, assessment, version));
    }
}
