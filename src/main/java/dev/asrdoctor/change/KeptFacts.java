package dev.asrdoctor.change;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Evidence;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Sha256;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts of a change: kept whole or not at all, and taken back only as they were kept. */
final class KeptFacts {
    private KeptFacts() {}

    /** Facts that are kept. */
    record Kept(String fingerprint, Basis basis) {}

    /**
     * What facts are judged by.
     *
     * @param policy null for the built-in values
     * @param expected null for none
     */
    record Beside(@Nullable Attachment policy, @Nullable Attachment expected) {
        private Map<String, byte[]> byName() {
            Map<String, byte[]> files = new LinkedHashMap<>();
            if (policy != null) {
                files.put(Windows.POLICY, policy.bytes());
            }
            if (expected != null) {
                files.put(Windows.EXPECTED, expected.bytes());
            }
            return files;
        }
    }

    /** Keeps facts, and what they are judged by, whole or not at all. */
    static Kept keep(List<Outcome<Facts>> visits, Path inventory, Beside beside, Evidence evidence, String version)
            throws ChangeException {
        try {
            Evidence.Kept kept = evidence.keep(KeptVisits.of(visits), beside.byName());
            Basis basis = new Basis(
                    version,
                    inventory,
                    kept.beside().getOrDefault(Windows.POLICY, ""),
                    kept.beside().getOrDefault(Windows.EXPECTED, ""));
            return new Kept(kept.facts(), basis);
        } catch (IOException e) {
            throw new ChangeException(
                    "the facts could not be kept in " + evidence.place() + ": " + FileTrouble.reason(e));
        }
    }

    /**
     * What is kept beside facts.
     *
     * @param fingerprint that it has to have, empty where there has to be none
     * @return null where there is none
     * @throws ChangeException where it is not the one that was kept
     */
    static @Nullable Attachment kept(Evidence evidence, String name, String fingerprint) throws ChangeException {
        String place = evidence.place(name);
        try {
            Optional<byte[]> there = evidence.beside(name);
            if (!there.map(Sha256::of).orElse("").equals(fingerprint)) {
                throw new ChangeException(place + " is not as it was kept: "
                        + (fingerprint.isEmpty()
                                ? "there was none"
                                : there.isPresent() ? "its fingerprint is another one" : "it is gone")
                        + ", so nothing can be proven by it");
            }
            return there.map(bytes -> new Attachment(place, bytes)).orElse(null);
        } catch (IOException e) {
            throw new ChangeException(place + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** @throws ChangeException where the facts are not those that were kept */
    static List<Outcome<Facts>> load(Evidence evidence, String fingerprint, List<String> servers, String what)
            throws ChangeException {
        try {
            if (!evidence.facts().fingerprint().equals(fingerprint)) {
                throw new ChangeException(what + " in " + evidence.place()
                        + " is not as it was taken: its fingerprint is another one, so nothing can be proven by it");
            }
            List<Outcome<Facts>> visits = KeptVisits.outcomes(evidence.facts().load());
            Set<String> names =
                    visits.stream().map(visit -> visit.server().name()).collect(Collectors.toSet());
            if (!names.equals(Set.copyOf(servers))) {
                throw new ChangeException(what + " in " + evidence.place() + " is of the servers "
                        + Words.named(names.stream().sorted().toList()) + ", and the window names "
                        + Words.named(servers.stream().sorted().toList()) + ", so nothing can be proven by it");
            }
            return visits;
        } catch (IOException e) {
            throw new ChangeException(what + " in " + evidence.place() + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** @throws ChangeException where something beside the facts is not as it was kept */
    static Beside beside(Evidence evidence, @Nullable Basis basis) throws ChangeException {
        return new Beside(
                kept(evidence, Windows.POLICY, basis == null ? "" : basis.policy()),
                kept(evidence, Windows.EXPECTED, basis == null ? "" : basis.declared()));
    }

    static List<Outcome<Facts>> baseline(Windows windows, Window window) throws ChangeException, StoreException {
        return load(windows.evidence(window, Windows.BASELINE), window.baseline(), window.servers(), "the baseline");
    }
}
