package dev.asrdoctor.store.file;

import dev.asrdoctor.store.FactSet;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.Windows;
import java.nio.file.Path;

/**
 * A fleet's state in a folder: {@code journal.jsonl}, a folder for each change window below {@code changes}, and a JSON
 * document for each server's latest facts in {@code facts}.
 */
public final class FileStore implements Store {
    private final Path folder;

    public FileStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Journals journal() {
        return new FileJournals(folder.resolve("journal.jsonl"));
    }

    @Override
    public Windows windows() {
        return new FileWindows(folder.resolve("changes"));
    }

    @Override
    public FactSet facts() {
        return new FactsFolder(folder.resolve("facts"));
    }
}
