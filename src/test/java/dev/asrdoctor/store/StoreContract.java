package dev.asrdoctor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What every kind of store has to hold, so that whoever heals can rest on any of them. A further kind extends this and says
 * how it is opened; where other processes can open it too, it is killed in the middle of writing and its disk is filled.
 */
public abstract class StoreContract {
    protected static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final int KILLS = 6;

    /** The same store, as another run opens it. */
    protected abstract Store open();

    /** How another process opens it: the name of a {@link Elsewhere} and an address; null where no other can. */
    protected abstract @Nullable List<String> elsewhere();

    /** Has a constructor without parameters. */
    public interface Elsewhere {
        Store at(String address);
    }

    // The journal.

    @Test
    void whereNothingWasEverWrittenNothingIsTold() throws Exception {
        assertThat(open().journal().isThere()).isFalse();
        assertThat(open().journal().attempts()).isEmpty();
        assertThat(open().windows().all()).isEmpty();
        assertThat(open().windows().find("CHG1")).isEmpty();
        assertThat(open().facts().facts("ps-1")).isEmpty();
        assertThatIOException().isThrownBy(() -> open().facts().load());
        assertThat(open().place()).isNotBlank();
    }

    @Test
    void theJournalTellsEveryAttemptAndWhatCameOfIt() throws Exception {
        String odd = "sérveur-発😀\"\\\n\u0000";
        try (Journal journal = open().journal().open("me at here")) {
            journal.append(new JournalEntry.Intent(
                    NOON, "a1", odd, List.of("svagents", "x"), Map.of("x", "42"), Map.of("x", "take it back")));
            journal.append(new JournalEntry.Done(NOON, "a1", odd, Map.of("svagents", "VERIFIED: it runs")));
            journal.append(new JournalEntry.Looked(NOON, "a1", odd, Map.of("svagents", "STOPPED_AGAIN: it fell")));
            journal.append(intent("a2"));
            assertThat(journal.broken()).isNull();
        }
        List<Attempt> told = List.of(
                new Attempt(
                        "a1",
                        odd,
                        NOON,
                        "me at here",
                        List.of("svagents", "x"),
                        Map.of("x", "42"),
                        Map.of("svagents", "STOPPED_AGAIN: it fell")),
                new Attempt("a2", "ps-1", NOON, "me at here", List.of("svagents"), Map.of()));
        assertThat(open().journal().attempts()).isEqualTo(told);
        assertThat(open().journal().chain().lines()).isEqualTo(4);
        assertThat(open().journal().isThere()).isTrue();
        try (Journal journal = open().journal().open("me at here")) {
            assertThat(journal.attempts()).isEqualTo(told);
            assertThat(journal.openIntents()).containsExactly("ps-1: svagents (meant at 2026-11-23T12:00:00Z)");
        }
    }

    @Test
    void theJournalIsWrittenByOneAtATime() throws Exception {
        try (Journal first = open().journal().open("me")) {
            assertThatThrownBy(() -> open().journal().open("me"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is being written by another asrdoctor");
            first.append(intent("a1"));
            assertThat(open().journal().attempts()).hasSize(1);
        }
        open().journal().open("me").close();
    }

    @Test
    void aJournalThatIsClosedTakesNothingMore() throws Exception {
        Journal journal = open().journal().open("me");
        journal.close();
        assertThatThrownBy(() -> journal.append(intent("a1"))).isInstanceOf(StoreException.class);
        assertThat(journal.broken()).isNotBlank();
        assertThat(open().journal().attempts()).isEmpty();
    }

    @Test
    void manyThreadsWriteWholeEntries() throws Exception {
        try (Journal journal = open().journal().open("me");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(IntStream.range(0, 50)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> appended(journal, "a" + i), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        assertThat(open().journal().attempts()).hasSize(50);
        assertThat(open().journal().chain().lines()).isEqualTo(50);
    }

    private static void appended(Journal journal, String attempt) {
        try {
            journal.append(intent(attempt));
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    // Change windows.

    @Test
    void aWindowIsFoundAsItWasSavedLast() throws Exception {
        Window opening = window("CHG1");
        open().windows().save(opening);
        assertThat(open().windows().find("chg1")).contains(opening);
        Window closed = opening.opened("abc", basis(), "the board knows", event("opened"))
                .verified(Window.Verification.begun(1, NOON, "me"), event("verifying"))
                .verified(
                        new Window.Verification(1, NOON, NOON, "me", Verdict.NOTES, "d", basis(), List.of("a note")),
                        event("verified"))
                .extended(NOON.plus(Duration.ofDays(1)), event("extended"))
                .closed(event("closed"));
        open().windows().save(closed);
        open().windows().save(window("CHG2"));
        assertThat(open().windows().find("CHG1")).contains(closed);
        assertThat(open().windows().all()).containsExactly(closed, window("CHG2"));
        assertThat(open().windows().contents().unusable()).isEmpty();
        open().windows().delete(closed);
        assertThat(open().windows().all()).containsExactly(window("CHG2"));
    }

    @Test
    void evidenceIsTakenBackAsItWasKept() throws Exception {
        Window window = window("CHG1");
        open().windows().save(window);
        Evidence.Kept kept =
                evidence(window, Windows.BASELINE).keep(visits(2), Map.of(Windows.POLICY, new byte[] {1, 0, -1}));
        assertThat(kept.beside()).containsOnlyKeys(Windows.POLICY);
        Evidence again = evidence(window, Windows.BASELINE);
        assertThat(again.facts().fingerprint()).isEqualTo(kept.facts());
        assertThat(again.facts().load()).hasSize(2).first().isInstanceOf(Visit.Read.class);
        assertThat(again.beside(Windows.POLICY)).hasValue(new byte[] {1, 0, -1});
        assertThat(again.beside(Windows.EXPECTED)).isEmpty();
        assertThat(again.place(Windows.POLICY)).contains(Windows.POLICY);

        Evidence.Kept other = evidence(window, Windows.after(1)).keep(visits(3), Map.of());
        assertThat(other.facts()).isNotEqualTo(kept.facts());
        Evidence.Kept replaced = evidence(window, Windows.BASELINE).keep(visits(3), Map.of());
        assertThat(replaced.facts())
                .as("the same facts have the same fingerprint")
                .isEqualTo(other.facts());
        assertThat(again.beside(Windows.POLICY)).isEmpty();
        again.delete();
        assertThatIOException().isThrownBy(() -> again.facts().load());
        assertThat(evidence(window, Windows.after(1)).facts().load()).hasSize(3);
        again.delete();
    }

    @Test
    void aWindowIsWorkedOnByOneAtATime() throws Exception {
        try (Leases.Lease taken = open().windows().take("CHG1")) {
            assertThat(taken).isNotNull();
            assertThatThrownBy(() -> open().windows().take("chg1")).hasMessageContaining("another asrdoctor");
            open().windows().take("CHG2").close();
        }
        open().windows().take("CHG1").close();
    }

    // Facts.

    @Test
    void theLatestFactsOfEveryServerAreKept() throws Exception {
        open().facts().save(visits(3));
        assertThat(open().facts().load())
                .extracting(visit -> visit.server().name())
                .containsExactly("ps-0", "ps-1", "ps-2");
        String before = open().facts().fingerprint();
        Visit lost = new Visit.Unread(server("ps-1"), "tcp", "refused", "nobody listens", "start it");
        open().facts().save(List.of(lost));
        assertThat(open().facts().load()).hasSize(3).element(1).isInstanceOf(Visit.Unread.class);
        assertThat(open().facts().facts("ps-1")).isEmpty();
        assertThat(open().facts().facts("ps-0")).isPresent();
        assertThat(open().facts().fingerprint()).isNotEqualTo(before);
    }

    // Other processes.

    @Test
    void whoeverIsKilledWhileWritingTheJournalLosesNothingThatWasAcknowledged() throws Exception {
        Random random = new Random(7);
        int told = 0;
        for (int i = 0; i < KILLS; i++) {
            List<String> acknowledged = killed("journal", "run" + i + "-", 1 + random.nextInt(40));
            List<Attempt> attempts = open().journal().attempts();
            assertThat(attempts).extracting(Attempt::id).containsAll(acknowledged);
            assertThat(attempts.size() - told)
                    .as("one may have been written and not acknowledged")
                    .isGreaterThanOrEqualTo(acknowledged.size());
            try (Journal next = open().journal().open("me")) {
                next.append(intent("after-" + i));
                assertThat(next.openIntents()).hasSizeGreaterThanOrEqualTo(acknowledged.size());
            }
            told = open().journal().attempts().size();
            assertThat(open().journal().chain().endsTorn()).isFalse();
        }
    }

    @Test
    void whoeverIsKilledWhileSavingAWindowLeavesItAsItWasSavedLast() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < KILLS; i++) {
            List<String> acknowledged = killed("window", "CHG1", 1 + random.nextInt(20));
            Window window = open().windows().find("CHG1").orElseThrow();
            assertThat(window.history()).hasSizeGreaterThanOrEqualTo(Integer.parseInt(acknowledged.getLast()));
            assertThat(open().windows().all()).hasSize(1);
            open().windows().take("CHG1").close();
        }
    }

    @Test
    void whoeverIsKilledWhileKeepingEvidenceLeavesAllOfItOrNothing() throws Exception {
        open().windows().save(window("CHG1"));
        Random random = new Random(9);
        for (int i = 0; i < KILLS; i++) {
            int from = 1 + i * 100;
            List<String> acknowledged = killed("evidence", "" + from, 1 + random.nextInt(5));
            for (int n = 0; n <= acknowledged.size(); n++) {
                Evidence evidence = evidence(window("CHG1"), Windows.after(from + n));
                if (n < acknowledged.size()) {
                    assertThat(evidence.facts().fingerprint()).isEqualTo(acknowledged.get(n));
                }
                if (n < acknowledged.size() || evidence.beside(Windows.POLICY).isPresent()) {
                    assertThat(evidence.facts().load()).hasSize(StoreProcess.SERVERS);
                }
            }
            assertThat(open().windows().all()).hasSize(1);
        }
    }

    @Test
    void whatAnotherProcessHasTakenIsFreeWhenItIsKilled() throws Exception {
        Process holder = start(List.of(), "hold", "CHG1");
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> open().journal().open("me")).hasMessageContaining("another asrdoctor");
            assertThatThrownBy(() -> open().windows().take("CHG1")).hasMessageContaining("another asrdoctor");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open().journal().open("me").close();
        open().windows().take("CHG1").close();
    }

    @Test
    void whatThisProcessHasTakenAnotherDoesNotGet() throws Exception {
        try (Journal journal = open().journal().open("me");
                Leases.Lease taken = open().windows().take("CHG1")) {
            assertThat(taken).isNotNull();
            // Looking at it, and being refused, gives nothing away.
            open().journal().attempts();
            open().journal().chain();
            assertThatThrownBy(() -> open().journal().open("me")).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> open().windows().take("CHG1")).isInstanceOf(StoreException.class);
            Process other = start(List.of(), "try", "CHG1");
            assertThat(other.inputReader().lines()).containsExactly("journal refused", "window refused");
            assertThat(other.waitFor()).isZero();
            assertThat(journal.broken()).isNull();
        }
    }

    /** A limit to how large files may grow stands for a disk that is full: what is written beyond it is refused. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatTakesNoMoreLosesNothingThatWasAcknowledged() throws Exception {
        Process full = start(List.of("bash", "-c", "ulimit -f 48; exec \"$@\"", "limited"), "fill", "CHG1");
        List<String> lines = full.inputReader().lines().toList();
        assertThat(full.waitFor()).as("%s", lines).isZero();
        List<String> acknowledged = lines.stream()
                .filter(line -> line.startsWith("journal "))
                .map(line -> line.substring(8))
                .toList();
        int saved = (int) lines.stream().filter(line -> line.equals("window")).count();
        assertThat(acknowledged).isNotEmpty();
        assertThat(saved).isPositive();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("refused "))
                .hasSize(3)
                .as("the journal, and once more; the window")
                .allSatisfy(line -> assertThat(line).contains("cannot be written"));
        assertThat(open().journal().attempts()).extracting(Attempt::id).containsExactlyElementsOf(acknowledged);
        assertThat(open().windows().find("CHG1").orElseThrow().history()).hasSize(saved);
        try (Journal next = open().journal().open("me")) {
            next.append(intent("next"));
        }
        assertThat(open().journal().attempts()).hasSize(acknowledged.size() + 1);
    }

    /** What was acknowledged until it was killed. */
    private List<String> killed(String action, String argument, int after) throws Exception {
        Process process = start(List.of(), action, argument);
        List<String> acknowledged = new ArrayList<>();
        try (var lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && acknowledged.size() < after) {
                acknowledged.add(line);
                if (acknowledged.size() == after) {
                    // The process itself would close what it has written too.
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
            // What was told before it died; a last line without its end may be cut.
            while (line != null) {
                String next = lines.readLine();
                if (next != null) {
                    acknowledged.add(line);
                }
                line = next;
            }
        }
        process.waitFor();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(after);
        return acknowledged;
    }

    private Process start(List<String> before, String action, String argument) throws Exception {
        List<String> address = elsewhere();
        assumeTrue(address != null, "no other process can open it");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName()));
        command.addAll(address);
        command.addAll(List.of(action, argument));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Evidence evidence(Window window, String name) throws StoreException {
        return open().windows().evidence(window, name);
    }

    static JournalEntry intent(String attempt) {
        return new JournalEntry.Intent(NOON, attempt, "ps-1", List.of("svagents"), Map.of());
    }

    static List<Visit> visits(int servers) {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            visits.add(new Visit.Read(
                    server("ps-" + i),
                    ServerMaker.healthy(Deployment.CONFIGURATION_SERVER).facts()));
        }
        return visits;
    }

    private static Server server(String name) {
        return ServerMaker.server(name, Deployment.CONFIGURATION_SERVER);
    }

    static Window window(String id) {
        return new Window(
                id,
                Window.State.OPENING,
                NOON,
                NOON.plusSeconds(3600),
                "me at here",
                Path.of("fleet.yaml"),
                List.of("ps-1", "ps-2"),
                null,
                null,
                "",
                null,
                List.of(),
                List.of(event("opening")));
    }

    static Window.Event event(String what) {
        return new Window.Event(NOON, "me at here", what, "");
    }

    private static Basis basis() {
        return new Basis("1.0", Path.of("fleet.yaml"), "aa", "");
    }
}
