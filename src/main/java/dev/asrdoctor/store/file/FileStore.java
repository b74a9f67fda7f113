package dev.asrdoctor.store.file;

import dev.asrdoctor.store.FactSet;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.Windows;
import java.nio.file.Path;
import java.util.Set;

/**
 * A fleet's state in a folder: {@code journal.jsonl}, a folder for each change window below {@code changes}, and a JSON
 * document for each server's latest facts in {@code facts}.
 */
public final class FileStore implements Store {
    private static final String CHANGES = "changes";
    private static final String JOURNAL = "journal.jsonl";
    private static final String FACTS = "facts";

    private final Path folder;

    public FileStore(Path folder) {
        this.folder = folder;
    }

    /** What change windows stood in before there was a store: a folder of them alone, which may have become a store's. */
    public static Windows windowsStraightIn(Path folder) {
        return new FileWindows(folder, Set.of(CHANGES, FACTS));
    }

    /** Where a store in a folder keeps its change windows. */
    public static Path changesIn(Path folder) {
        return folder.resolve(CHANGES);
    }

    /** Where a store in a folder keeps its journal. */
    public static Path journalIn(Path folder) {
        return folder.resolve(JOURNAL);
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Journals journal() {
        return new FileJournals(journalIn(folder));
    }

    @Override
    public Windows windows() {
        return new FileWindows(changesIn(folder));
    }

    @Override
    public FactSet facts() {
        return new FactsFolder(folder.resolve(FACTS));
    }
}
