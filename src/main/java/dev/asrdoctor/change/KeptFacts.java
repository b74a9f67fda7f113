package dev.asrdoctor.change;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts of a change on disk: kept whole or not at all, and taken back only as they were kept. */
final class KeptFacts {
    private KeptFacts() {}

    /** Facts that are on disk. */
    record Kept(String fingerprint, Basis basis) {}

    /** Keeps facts, and what they are judged by, whole or not at all. */
    static Kept keep(
            List<Outcome<Facts>> visits,
            Path inventory,
            @Nullable Path policy,
            @Nullable Path expected,
            Path folder,
            String version)
            throws ChangeException {
        Path half = folder.resolveSibling("." + folder.getFileName() + ".half");
        try {
            Durable.delete(half);
            new FactsFolder(half).save(visits);
            Basis basis = new Basis(
                    version,
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
    static void prove(Path folder, @Nullable Basis basis) throws ChangeException {
        kept(folder.resolve(WindowStore.POLICY), basis == null ? "" : basis.policy());
        kept(folder.resolve(WindowStore.EXPECTED), basis == null ? "" : basis.declared());
    }

    static List<Outcome<Facts>> baseline(WindowStore store, Window window) throws ChangeException {
        return load(
                store.folder(window.id()).resolve(WindowStore.BASELINE),
                window.baseline(),
                window.servers(),
                "the baseline");
    }
}
