package dev.asrdoctor.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

class FileJournalTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private Path file;
    private Path torn;

    @BeforeEach
    void nameFiles() {
        file = folder.resolve("journal.jsonl");
        torn = folder.resolve("journal.jsonl.torn");
    }

    @Test
    void anInterruptedThreadStillWritesAndLeavesTheJournalToTheOthers() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            Thread.currentThread().interrupt();
            journal.append(new JournalEntry.Intent(AT, "a", "ps1", List.of("svagents"), Map.of()));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(new JournalEntry.Intent(AT, "b", "ps2", List.of("svagents"), Map.of()));
        }
        assertThat(new FileJournals(file).chain().lines()).isEqualTo(2);
    }

    @Test
    void appendsLinesThatAreWholeAtOnceAndReopensToContinueTheChain() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(intent("a1"));
            assertThat(new FileJournals(file).chain().lines()).isEqualTo(1);
        }
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(done("a1"));
            journal.append(intent("a2"));
        }

        assertThat(new FileJournals(file).chain().lines()).isEqualTo(3);
        assertThat(Files.readAllLines(file))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("\"}"));
        assertThat(torn).doesNotExist();
    }

    @Test
    void makesTheFolderThatItIsToStandIn() throws Exception {
        Path deep = folder.resolve("not/yet/there/journal.jsonl");
        FileJournal.open(deep, "a test").close();

        assertThat(deep).isEmptyFile();
        assertThat(new FileJournals(deep).chain().lines()).isZero();
    }

    @Test
    void findsEverySingleChangedByte() throws Exception {
        byte[] whole = threeLines();
        for (int i = 0; i < whole.length; i++) {
            for (int mask : new int[] {1, 0x20, 0x80, whole[i] ^ '\n', whole[i] ^ ' '}) {
                if ((mask & 0xFF) == 0) {
                    continue;
                }
                byte[] changed = whole.clone();
                changed[i] ^= (byte) mask;
                Files.write(file, changed);

                assertThat(found(changed)).as("byte %d ^ %x", i, mask).isTrue();
            }
        }
    }

    private boolean found(byte[] changed) throws IOException {
        Throwable verified = catchThrowable(() -> new FileJournals(file).chain());
        Throwable opened = catchThrowable(() -> FileJournal.open(file, "a test").close());
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
        return verified instanceof StoreException && opened instanceof StoreException;
    }

    @Test
    void namesTheLineThatWasChangedAndWhatToDo() throws Exception {
        byte[] lines = threeLines();
        int second = endOfLine(lines, 1) + 12;
        lines[second] ^= 1;
        Files.write(file, lines);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new FileJournals(file).chain())
                .withMessageContaining("line 2 does not fit the chain")
                .withMessageContaining("--journal");
    }

    @Test
    void findsAReplacementCharacterPutWhereOneStood() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(new JournalEntry.Intent(AT, "a", "s\uFFFDx", List.of("tmansvc"), Map.of()));
        }
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, UTF_8).indexOf('\uFFFD');
        assertThat(bytes[at]).isEqualTo((byte) 0xEF);
        byte[] changed = new byte[bytes.length - 2];
        System.arraycopy(bytes, 0, changed, 0, at);
        changed[at] = (byte) 0xFF;
        System.arraycopy(bytes, at + 3, changed, at + 1, bytes.length - at - 3);
        Files.write(file, changed);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> new FileJournals(file).chain());
    }

    @Test
    void findsLinesThatAreMissingSwappedOrTwice() throws Exception {
        threeLines();
        List<String> lines = Files.readAllLines(file);
        for (List<Integer> order : List.of(List.of(1, 2), List.of(0, 2), List.of(1, 0, 2), List.of(0, 0, 1, 2))) {
            Files.write(file, order.stream().map(lines::get).toList());
            assertThatExceptionOfType(StoreException.class)
                    .as("lines %s", order)
                    .isThrownBy(() -> new FileJournals(file).chain());
        }
    }

    @Test
    void keepsWholeLinesAndSetsATornRestAsideWhereverItWasCut() throws Exception {
        byte[] whole = threeLines();
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Files.write(file, cut);
            Files.deleteIfExists(torn);
            int lines =
                    (int) IntStream.range(0, length).filter(i -> cut[i] == '\n').count();
            int kept = endOfLine(whole, lines);

            try (Journal journal = FileJournal.open(file, "a test")) {
                assertThat(Files.readAllBytes(file)).as("cut at %d", length).isEqualTo(Arrays.copyOf(whole, kept));
                journal.append(intent("next"));
            }

            assertThat(new FileJournals(file).chain().lines())
                    .as("cut at %d", length)
                    .isEqualTo(lines + 1);
            if (kept == length) {
                assertThat(torn).doesNotExist();
            } else {
                assertThat(Files.readAllBytes(torn))
                        .as("cut at %d", length)
                        .isEqualTo(Arrays.copyOfRange(whole, kept, length));
            }
        }
    }

    @Test
    void refusesASecondWriterInWordsAndTakesOneWhenTheFirstIsDone() throws Exception {
        try (Journal first = FileJournal.open(file, "a test")) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> FileJournal.open(file, "a test"))
                    .withMessage("the journal " + file + " is being written by another asrdoctor");
            first.append(intent("a1"));
        }
        assertThatCode(() -> FileJournal.open(file, "a test").close()).doesNotThrowAnyException();
        assertThat(new FileJournals(file).chain().lines()).isEqualTo(1);
    }

    @Test
    void tellsIntentsWithoutAnOutcome() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(intent("a1"));
            journal.append(intent("a2"));
            journal.append(done("a1"));
        }
        try (Journal journal = FileJournal.open(file, "a test")) {
            assertThat(journal.openIntents()).containsExactly("ps1: Winmgmt, tmansvc (meant at 2026-11-23T10:00:00Z)");
            journal.append(done("a2"));
        }
        try (Journal journal = FileJournal.open(file, "a test")) {
            assertThat(journal.openIntents()).isEmpty();
        }
    }

    @Test
    void keepsNamesInAnyLanguage() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(new JournalEntry.Intent(
                    AT, "a", "s\u00e9rveur-\u767a\ud83d\ude00\"\\\n", List.of("t\u0000b"), Map.of()));
        }
        try (Journal journal = FileJournal.open(file, "a test")) {
            assertThat(journal.openIntents())
                    .singleElement()
                    .asString()
                    .startsWith("s\u00e9rveur-\u767a\ud83d\ude00\"\\\n: t\u0000b");
        }
    }

    @Test
    void chainsLinesOfManyThreads() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(IntStream.range(0, 50)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> append(journal, intent("a" + i)), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        assertThat(new FileJournals(file).chain().lines()).isEqualTo(50);
    }

    @Test
    void saysWhereItCannotBeWritten() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), "");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> FileJournal.open(plain.resolve("journal.jsonl"), "a test"))
                .withMessageContaining("cannot be opened");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> FileJournal.open(folder, "a test"))
                .withMessageContaining("cannot be opened");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new FileJournals(folder.resolve("absent")).chain())
                .withMessageContaining("cannot be read");
    }

    @Test
    void saysWhyAClosedJournalCannotBeWritten() throws Exception {
        Journal journal = FileJournal.open(file, "a test");
        journal.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> journal.append(intent("a1")))
                .withMessageContaining("cannot be written")
                .withMessageNotContaining("null");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void writesNothingMoreOnceADiskHasRefusedALine() throws Exception {
        try (Journal journal = FileJournal.open(Path.of("/dev/full"), "a test")) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> journal.append(intent("a1")))
                    .withMessageContaining("cannot be written")
                    .withMessageNotContaining("closed");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> journal.append(intent("a2")))
                    .withMessageContaining("it is closed");
        }
    }

    @Test
    void refusesAFileThatIsNoJournalAndLeavesItAsItWas() throws Exception {
        Files.writeString(file, "servers:\n  - ps1\n");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> FileJournal.open(file, "a test"))
                .withMessageContaining("line 1");
        assertThat(file).hasContent("servers:\n  - ps1\n");
    }

    private byte[] threeLines() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            journal.append(intent("a1"));
            journal.append(done("a1"));
            journal.append(intent("a2"));
        }
        return Files.readAllBytes(file);
    }

    private static int endOfLine(byte[] bytes, int lines) {
        int seen = 0;
        for (int i = 0; i < bytes.length && seen < lines; i++) {
            if (bytes[i] == '\n' && ++seen == lines) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void append(Journal journal, JournalEntry entry) {
        @Nullable Throwable thrown = catchThrowable(() -> journal.append(entry));
        assertThat(thrown).isNull();
    }

    private static JournalEntry intent(String attempt) {
        return new JournalEntry.Intent(AT, attempt, "ps1", List.of("Winmgmt", "tmansvc"), Map.of());
    }

    private static JournalEntry done(String attempt) {
        return new JournalEntry.Done(AT, attempt, "ps1", Map.of("tmansvc", "verified: é runs"));
    }

    @Test
    void aLineIsOnTheDiskBeforeItCountsAsWritten() throws Exception {
        JournalDisk disk = mock();
        try (Journal journal = FileJournal.open(folder.resolve("synced.jsonl"), "a test", file -> disk)) {
            journal.append(intent("a"));
        }
        InOrder order = inOrder(disk);
        order.verify(disk).write(any());
        order.verify(disk).sync();
    }

    @Test
    void aLineThatDoesNotReachTheDiskIsNotWrittenAndNothingFollowsIt() throws Exception {
        JournalDisk disk = mock();
        doThrow(new IOException("the device is gone")).when(disk).sync();
        try (Journal journal = FileJournal.open(folder.resolve("broken.jsonl"), "a test", file -> disk)) {
            assertThatThrownBy(() -> journal.append(intent("a")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the device is gone");
            assertThat(journal.broken()).contains("the device is gone");
        }
    }

    @Test
    void namesALastLineWhoseEndWasChanged() throws Exception {
        byte[] bytes = threeLines();
        bytes[bytes.length - 1] = 'x';
        Files.write(file, bytes);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new FileJournals(file).chain())
                .withMessageContaining("line 3 does not fit");
    }

    @Test
    void tellsALastLineThatIsNotWholeFromAWholeOne() throws Exception {
        byte[] bytes = threeLines();
        assertThat(new FileJournals(file).chain()).isEqualTo(new Journals.Chain(3, false));

        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        assertThat(new FileJournals(file).chain()).isEqualTo(new Journals.Chain(2, true));
    }

    @Test
    void letsGoOfAJournalThatCouldNotBeOpened() throws Exception {
        byte[] bytes = threeLines();
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        Files.createDirectory(torn);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> FileJournal.open(file, "a test"))
                .withMessageContaining("cannot be opened");

        Files.delete(torn);
        FileJournal.open(file, "a test").close();
        assertThat(new FileJournals(file).chain()).isEqualTo(new Journals.Chain(2, false));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isForItsOwnerAlone() throws Exception {
        threeLines();

        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void tellsWhoeverWritesItWhatWasTriedBefore() throws Exception {
        threeLines();
        try (Journal journal = FileJournal.open(file, "a test")) {
            assertThat(journal.attempts())
                    .isEqualTo(new FileJournals(file).attempts())
                    .hasSize(2);
            assertThat(journal.attempts()).extracting(Attempt::ended).containsExactly(true, false);
        }
    }

    @Test
    void whoAsksWhetherItIsBrokenKeepsNobodyFromWriting() throws Exception {
        try (Journal journal = FileJournal.open(file, "a test")) {
            assertThat(journal.broken()).isNull();
            CompletableFuture.runAsync(() -> append(journal, intent("a1"))).join();
        }
        assertThat(new FileJournals(file).chain().lines()).isEqualTo(1);
    }
}
