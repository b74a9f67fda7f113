package dev.asrdoctor.store.file;

import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A journal in a file of JSON lines. */
public final class FileJournals implements Journals {
    private final Path file;

    public FileJournals(Path file) {
        this.file = file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public boolean isThere() {
        return !Files.notExists(file);
    }

    @Override
    public Journal open(String by) throws StoreException {
        return FileJournal.open(file, by);
    }

    @Override
    public List<Attempt> attempts() throws StoreException {
        return isThere() ? read().attempts() : List.of();
    }

    @Override
    public Whole read() throws StoreException {
        JournalChain.Contents contents = FileJournal.read(file);
        return new Whole(new Chain(contents.lines(), contents.endsTorn()), contents.attempts());
    }
}
