package dev.asrdoctor.store.file;

import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.store.Evidence;
import dev.asrdoctor.store.FactSet;
import dev.asrdoctor.store.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was read at one time in a folder of its own, with what went with it as files beside the facts. */
final class FileEvidence implements Evidence {
    private final Path folder;

    FileEvidence(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public String place(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public Kept keep(List<Visit> visits, Map<String, byte[]> beside) throws IOException {
        Path half = folder.resolveSibling("." + folder.getFileName() + ".half");
        Durable.delete(half);
        new FactsFolder(half).save(visits);
        Map<String, String> fingerprints = new HashMap<>();
        for (Map.Entry<String, byte[]> one : beside.entrySet()) {
            Path file = half.resolve(one.getKey());
            Durable.write(file, one.getValue(), Access.PRIVATE);
            fingerprints.put(one.getKey(), Fingerprint.ofFile(file));
        }
        String facts = Fingerprint.ofFolder(half);
        Durable.publish(half, folder);
        return new Kept(facts, fingerprints);
    }

    @Override
    public FactSet facts() {
        return new FactsFolder(folder);
    }

    @Override
    public Optional<byte[]> beside(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.notExists(file) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
    }

    @Override
    public void delete() throws IOException {
        Durable.delete(folder);
    }
}
