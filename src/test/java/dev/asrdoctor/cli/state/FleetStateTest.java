package dev.asrdoctor.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetStateTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private Path inventory;
    private Path started;

    @BeforeEach
    void makeAFleet() throws Exception {
        inventory = Files.writeString(
                Files.createDirectories(folder.resolve("fleet")).resolve("fleet.yaml"), "");
        started = Files.createDirectories(folder.resolve("started"));
    }

    @Test
    void itStandsBesideTheInventoryWhereverACommandIsStarted() throws Exception {
        state(null).windows().save(open("CHG1"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        FleetState other = new FleetState(null, inventory, Earlier.NONE, elsewhere);
        assertThat(other.windows().find("CHG1")).isPresent();
        assertThat(folder.resolve("fleet/asrdoctor-state/changes/CHG1/window.json"))
                .exists();
        assertThat(other.place())
                .isEqualTo(folder.resolve("fleet/asrdoctor-state").toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anInventoryThatIsReachedThroughALinkIsTheSameFleet() throws Exception {
        state(null).windows().save(open("CHG1"));
        write(state(null), "a1");
        Path link = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("links")).resolve("f.yaml"), inventory);
        FleetState linked = new FleetState(null, link, Earlier.NONE, started);
        assertThat(linked.windows().find("CHG1")).isPresent();
        assertThat(linked.journal().attempts()).extracting(Attempt::id).containsExactly("a1");
    }

    /** Where windows stood before, and where a command line may name them still. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "started/asrdoctor-changes",
                "fleet/asrdoctor-changes",
                "journals/asrdoctor-changes",
                "journals/asrdoctor-changes/changes",
                "changes",
                "changes/changes",
                "named",
                "named/changes",
                "named/asrdoctor-changes",
                "fleet/asrdoctor-state/changes"
            })
    void aWindowInAnyOfItsPlacesCountsAndIsTold(String place) throws Exception {
        Windows there = Stores.windows(folder.resolve(place));
        there.save(open("CHG1"));
        there.save(open("CHG0").closed(event("closed")));
        FleetState state = new FleetState(
                folder.resolve("named"),
                inventory,
                Earlier.of(folder.resolve("journals/j.jsonl"), folder.resolve("changes")),
                started);
        assertThat(state.windows().all()).extracting(Window::id).containsExactly("CHG0", "CHG1");
        String told = told(state);
        assertThat(told).contains("state of this fleet: " + folder.resolve("named"));
        if (place.equals("named/changes")) {
            assertThat(told).doesNotContain("counts too");
        } else {
            assertThat(told)
                    .contains("1 change window in " + folder.resolve(place)
                            + " counts too, and stays there until it has" + " ended: CHG1");
        }
        state.windows().save(state.windows().find("chg1").orElseThrow().aborted(event("aborted")));
        assertThat(there.find("CHG1").orElseThrow().state())
                .as("ended where it stands")
                .isEqualTo(Window.State.ABORTED);
        assertThat(told(state)).doesNotContain("counts too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started/asrdoctor-changes",
                "fleet/asrdoctor-changes",
                "journals/asrdoctor-changes",
                "changes",
                "named",
                "fleet/asrdoctor-state/changes"
            })
    void aWindowThatCannotBeReadInAnyOfItsPlacesIsNotTakenForNone(String place) throws Exception {
        Path window =
                Files.createDirectories(folder.resolve(place).resolve("CHG1")).resolve("window.json");
        Files.writeString(window, "{");
        FleetState state = new FleetState(
                folder.resolve("named"),
                inventory,
                Earlier.of(folder.resolve("journals/j.jsonl"), folder.resolve("changes")),
                started);
        assertThatThrownBy(() -> state.windows().all())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(window.toString())
                .hasMessageContaining("backup");
    }

    @Test
    void aPlaceThatCannotBeSeenIsNotTakenForEmpty() throws Exception {
        Path away = started.resolve("asrdoctor-changes");
        Files.createSymbolicLink(away, away.getFileName());
        assertThatThrownBy(() -> state(null).windows().all()).isInstanceOf(StoreException.class);
    }

    /** A store's own folders are no windows, whatever stands in them. */
    @Test
    void aWindowOfAnyNameMakesNoOtherOneOfAStatesFolder() throws Exception {
        FleetState state = state(folder.resolve("named"));
        for (String id : List.of("baseline", "window.json", "changes", "facts", "journal.jsonl")) {
            state.windows().save(open(id));
        }
        assertThat(state.windows().all()).hasSize(5);
        Path old = Files.createDirectories(folder.resolve("named/facts"));
        Stores.windows(folder.resolve("named")).save(open("facts"));
        assertThat(old.resolve("window.json")).exists();
        assertThat(state.windows().all()).hasSize(6);
    }

    @Test
    void ofTwoWindowsOfOneNameTheOneThatIsOpenIsEnded() throws Exception {
        Windows old = Stores.windows(started.resolve("asrdoctor-changes"));
        old.save(open("CHG1"));
        FleetState state = state(null);
        Stores.windows(folder.resolve("fleet/asrdoctor-state/changes"))
                .save(window("CHG1", NOON.minusSeconds(60)).closed(event("closed")));
        Window found = state.windows().find("CHG1").orElseThrow();
        assertThat(found.state()).isEqualTo(Window.State.OPEN);
        state.windows().save(found.closed(event("closed")));
        assertThat(state.windows().all()).allMatch(window -> window.state() == Window.State.CLOSED);
    }

    /** Whoever is of an earlier version locks the window where it stands. */
    @Test
    void aWindowInAnOldPlaceIsTakenThereToo() throws Exception {
        Windows old = Stores.windows(started.resolve("asrdoctor-changes"));
        old.save(open("CHG1"));
        try (Leases.Lease taken = state(null).windows().take("CHG1")) {
            assertThat(taken).isNotNull();
            assertThatThrownBy(() -> old.take("CHG1")).hasMessageContaining("another asrdoctor");
        }
        try (Leases.Lease taken = old.take("CHG1")) {
            assertThat(taken).isNotNull();
            assertThatThrownBy(() -> state(null).windows().take("CHG1")).hasMessageContaining("another asrdoctor");
        }
        state(null).windows().take("CHG1").close();
    }

    @Test
    void whatAnOldJournalTellsCountsAndNothingMoreIsWrittenToIt() throws Exception {
        Path old = started.resolve("asrdoctor-journal.jsonl");
        try (Journal journal = Stores.journal(old).open("me")) {
            journal.append(intent("old", NOON));
        }
        byte[] before = Files.readAllBytes(old);
        FleetState state = state(null);
        assertThat(told(state)).as("to who writes none").isEmpty();
        assertThat(state.toldOfJournals())
                .containsExactly(
                        "asrdoctor: the journal " + old + " counts too; what is done from now on is written to "
                                + folder.resolve("fleet/asrdoctor-state/journal.jsonl"));
        try (Journal journal = state.journal().open("me")) {
            assertThat(journal.attempts()).extracting(Attempt::id).containsExactly("old");
            assertThat(journal.openIntents()).singleElement().asString().startsWith("ps-1: svagents");
            journal.append(intent("new", NOON.plusSeconds(1)));
            assertThatThrownBy(() -> Stores.journal(old).open("an earlier version"))
                    .hasMessageContaining("is being written by another asrdoctor");
        }
        assertThat(Files.readAllBytes(old)).isEqualTo(before);
        assertThat(state.journal().attempts()).extracting(Attempt::id).containsExactly("old", "new");
    }

    @Test
    void attemptsOfSeveralJournalsAreToldByTimeAndEachInItsOwnOrder() throws Exception {
        try (Journal journal = Stores.journal(folder.resolve("j.jsonl")).open("me")) {
            journal.append(intent("named-2", NOON.plusSeconds(20)));
            // Its clock was wrong once.
            journal.append(intent("named-1", NOON.plusSeconds(10)));
        }
        try (Journal journal = state(null).written().open("me")) {
            journal.append(intent("state-1", NOON.plusSeconds(15)));
            journal.append(intent("state-2", NOON.plusSeconds(30)));
        }
        FleetState both = new FleetState(null, inventory, Earlier.of(folder.resolve("j.jsonl"), null), started);
        assertThat(both.journal().attempts())
                .extracting(Attempt::id)
                .containsExactly("state-1", "named-2", "named-1", "state-2");
        try (Journal journal = both.journal().open("me")) {
            assertThat(journal.attempts()).hasSize(4);
            assertThatThrownBy(() -> state(null).journal().open("me"))
                    .as("whoever names another journal heals the same fleet")
                    .hasMessageContaining("is being written by another asrdoctor");
        }
    }

    @Test
    void anOldJournalThatWasChangedStopsEverything() throws Exception {
        Path old = Files.writeString(started.resolve("asrdoctor-journal.jsonl"), "{}\n");
        assertThatThrownBy(() -> state(null).journal().attempts()).hasMessageContaining(old.toString());
        assertThatThrownBy(() -> state(null).journal().open("me"))
                .hasMessageContaining(old.toString())
                .hasMessageContaining("mended, or moved away");
        assertThat(state(null).written().isThere()).isTrue();
        try (Journal free = state(null).written().open("me")) {
            assertThat(free.attempts()).as("what was opened is free again").isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneClearLine() throws Exception {
        Files.writeString(folder.resolve("fleet/asrdoctor-state"), "a file");
        assertThatThrownBy(() -> state(null).requireWritable())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cannot be kept in " + folder.resolve("fleet/asrdoctor-state"))
                .hasMessageContaining("--state DIR")
                .message()
                .hasLineCount(1);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> state(file).requireWritable())
                .hasMessageContaining("--state " + file + " cannot be used");
        state(folder.resolve("deep/er")).requireWritable();
        assertThat(folder.resolve("deep/er")).isDirectory();
    }

    private FleetState state(@Nullable Path named) {
        return new FleetState(named, inventory, Earlier.NONE, started);
    }

    private static void write(FleetState state, String attempt) throws StoreException {
        try (Journal journal = state.journal().open("me")) {
            journal.append(intent(attempt, NOON));
        }
    }

    private static JournalEntry intent(String attempt, Instant at) {
        return new JournalEntry.Intent(at, attempt, "ps-1", List.of("svagents"), Map.of());
    }

    private static String told(FleetState state) throws StoreException {
        return String.join("\n", state.told());
    }

    private static Window open(String id) {
        return window(id, NOON);
    }

    private static Window window(String id, Instant openedAt) {
        return new Window(
                        id,
                        Window.State.OPENING,
                        openedAt,
                        NOON.plusSeconds(3600),
                        "me at here",
                        Path.of("fleet.yaml"),
                        List.of("ps-1"),
                        null,
                        null,
                        "",
                        null,
                        List.of(),
                        List.of(event("opening")))
                .opened("abc", new Basis("1.0", Path.of("fleet.yaml"), "", ""), null, event("opened"));
    }

    private static Window.Event event(String what) {
        return new Window.Event(NOON, "me at here", what, "");
    }
}
