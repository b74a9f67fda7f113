package dev.asrdoctor.cli.state;

import dev.asrdoctor.store.FactSet;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.store.file.FactsFolder;
import dev.asrdoctor.store.file.FileJournals;
import dev.asrdoctor.store.file.FileStore;
import dev.asrdoctor.store.file.FileWindows;
import java.nio.file.Path;

/** The one place that says which kind of store keeps what. */
public final class Stores {
    private Stores() {}

    public static Store in(Path folder) {
        return new FileStore(folder);
    }

    public static Journals journal(Path file) {
        return new FileJournals(file);
    }

    public static Windows windows(Path folder) {
        return new FileWindows(folder);
    }

    /** What was named as a folder of change windows, though it may be a store's by now. */
    static Windows windowsStraightIn(Path folder) {
        return FileStore.windowsStraightIn(folder);
    }

    public static FactSet facts(Path folder) {
        return new FactsFolder(folder);
    }
}
