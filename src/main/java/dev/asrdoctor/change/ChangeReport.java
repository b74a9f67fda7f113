package dev.asrdoctor.change;

import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;

/**
 * Everything that a report of a verification says.
 *
 * @param window as it is after the verification
 * @param policy the file that was judged by, or that the built-in values were
 * @param policyFingerprint SHA-256 of that file, empty for the built-in values
 */
public record ChangeReport(
        Window window,
        Window.Verification verification,
        Assessment assessment,
        String toolVersion,
        String policy,
        String policyFingerprint) {

    /** @param version of this program */
    static ChangeReport of(Window window, Window.Verification verification, Assessment assessment, String version) {
        Basis basis = verification.basis();
        String policy = basis == null ? "" : basis.policy();
        return new ChangeReport(
                window,
                verification,
                assessment,
                version,
                policy.isEmpty() ? "built-in values" : Windows.POLICY,
                policy);
    }

    public Verdict verdict() {
        return assessment.verdict();
    }

    public String baseline() {
        return window.baseline();
    }

    public String after() {
        return verification.facts();
    }
}
