package dev.asrdoctor.cli.state;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.file.Places;
import dev.asrdoctor.store.JoinedJournals;
import dev.asrdoctor.store.JoinedWindows;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.store.file.FileStore;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a fleet's change windows and journal are kept: one folder, the same for every run of the fleet from wherever it is
 * started. What stands in places that were usual before, or are named beside it, counts as well, so that nobody heals inside
 * a window that was opened there.
 */
public final class FleetState {
    /** Beside the inventory. */
    public static final String FOLDER = "asrdoctor-state";

    private final boolean named;
    private final Path folder;
    private final Store store;
    private final @Nullable Path journal;
    private final Map<Path, Windows> otherWindows = new LinkedHashMap<>();
    private final Map<Path, Journals> otherJournals = new LinkedHashMap<>();

    /**
     * @param named with {@code --state}, null for the folder beside the inventory
     * @param started the folder that the command was started in
     */
    FleetState(@Nullable Path named, Path inventory, Earlier earlier, Path started) {
        Path beside = beside(inventory.toAbsolutePath().normalize());
        this.named = named != null;
        this.folder = named == null ? beside : named;
        this.store = Stores.in(folder);
        this.journal = earlier.journal();
        // Others may have named no folder, or reach the same inventory through a link.
        addState(folder);
        addState(beside);
        addState(beside(Places.place(inventory)));
        addUsual(beside.resolveSibling(""));
        addUsual(started);
        if (named != null) {
            addUsual(named);
            addNamed(named);
        }
        if (journal != null) {
            addNamed(journal.resolveSibling(Earlier.WINDOWS));
        }
        if (earlier.changes() != null) {
            addNamed(earlier.changes());
        }
        otherWindows.remove(Places.place(FileStore.changesIn(folder)));
        otherJournals.remove(Places.place(journal == null ? FileStore.journalIn(folder) : journal));
    }

    private static Path beside(Path inventory) {
        return inventory.resolveSibling(FOLDER);
    }

    private void addState(Path state) {
        addWindows(FileStore.changesIn(state), Stores.windows(FileStore.changesIn(state)));
        addJournal(FileStore.journalIn(state));
    }

    /** What was usual in the folder that a command was started in. */
    private void addUsual(Path started) {
        addNamed(started.resolve(Earlier.WINDOWS));
        if (journal == null) {
            addJournal(started.resolve(Earlier.JOURNAL));
        }
    }

    /** What may be named as a folder of change windows by one command, as it was, and as a state by another. */
    private void addNamed(Path folder) {
        addWindows(folder, Stores.windowsStraightIn(folder));
        addWindows(FileStore.changesIn(folder), Stores.windows(FileStore.changesIn(folder)));
    }

    private void addJournal(Path file) {
        otherJournals.putIfAbsent(Places.place(file), Stores.journal(file));
    }

    private void addWindows(Path place, Windows windows) {
        otherWindows.putIfAbsent(Places.place(place), windows);
    }

    /** For people. */
    public String place() {
        return folder.toString();
    }

    /** Whether anything may have been kept there. */
    public boolean isThere() {
        return !Files.notExists(folder);
    }

    public Windows windows() {
        return new JoinedWindows(store.windows(), List.copyOf(otherWindows.values()));
    }

    /** The one that was named, else the state's; what other journals tell of the fleet counts too. */
    public Journals journal() {
        return new JoinedJournals(written(), List.copyOf(otherJournals.values()));
    }

    /** The one that runs write to. */
    public Journals written() {
        return journal == null ? store.journal() : Stores.journal(journal);
    }

    /** Journals that tell of earlier runs, and are written no more. */
    public List<Journals> earlierJournals() {
        return otherJournals.values().stream().filter(Journals::isThere).toList();
    }

    /** @throws UsageException where nothing can be kept there */
    public void requireWritable() throws UsageException {
        String why;
        try {
            Durable.makeFolder(folder);
            why = Files.isWritable(folder) ? "" : "nothing can be written in it";
        } catch (IOException e) {
            why = FileTrouble.words(e);
        }
        if (!why.isEmpty()) {
            throw new UsageException(
                    named
                            ? "--state " + folder + " cannot be used: " + why
                            : "the state of this fleet cannot be kept in " + folder + ": " + why
                                    + "; name another folder with --state DIR, the same for every run of this fleet");
        }
    }

    /**
     * Where it is, and which change windows count that stand elsewhere; for people, a line each.
     *
     * @throws StoreException where nobody can tell which change windows there are
     */
    public List<String> told() throws StoreException {
        List<String> told = openElsewhere();
        if (named || isThere()) {
            told.addFirst("asrdoctor: state of this fleet: " + folder
                    + (isThere() ? "" : ", where nothing was kept yet")
                    + (journal == null ? "" : "; its journal is " + journal + " (--journal)"));
        }
        return told;
    }

    private List<String> openElsewhere() throws StoreException {
        List<String> told = new ArrayList<>();
        for (Windows windows : otherWindows.values()) {
            List<String> open = new ArrayList<>();
            for (Window window : windows.contents().windows()) {
                if (window.endedAt().isEmpty()) {
                    open.add(window.id());
                }
            }
            if (!open.isEmpty()) {
                told.add("asrdoctor: " + Words.count(open.size(), "change window") + " in " + windows.place()
                        + " counts too, and stays there until it has ended: " + Words.named(open));
            }
        }
        return told;
    }

    /** For whoever changes servers: which journals count beside the one that is written; for people, a line each. */
    public List<String> toldOfJournals() {
        return earlierJournals().stream()
                .map(earlier -> "asrdoctor: the journal " + earlier.place()
                        + " counts too; what is done from now on is written to "
                        + written().place())
                .toList();
    }
}
