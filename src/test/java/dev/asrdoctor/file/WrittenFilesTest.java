package dev.asrdoctor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void onlyWhereThereAreLinksAndModes() {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "skipped: not POSIX");
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIVATE", "PRIVATE_AT_FIRST"})
    void aNewFileIsItsOwnersAlone(Access access) throws Exception {
        Path file = folder.resolve("plan.json");

        Durable.write(file, "plan", access);

        assertThat(file).hasContent("plan");
        assertThat(mode(file)).isEqualTo("rw-------");
        nothingElseIn(1);
    }

    @Test
    void whoLetOthersSeeAReportIsNotOverruledAndOwnFilesAreClosedAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        Durable.write(file, "new", Access.PRIVATE_AT_FIRST);
        assertThat(mode(file)).isEqualTo("rw-r--r--");
        Durable.write(file, "newer", Access.PRIVATE);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void foldersAreTheirOwnersAlone() throws Exception {
        Durable.makeFolder(folder.resolve("a/b"));

        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void aLinkThatSomebodyNamedStaysALinkAndItsFileIsWritten() throws Exception {
        Path real =
                Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("r.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("r.json"), Path.of("real", "r.json"));

        Durable.write(link, "new", Access.PRIVATE_AT_FIRST);

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void aLinkToNothingIsRefusedByName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("r.json"), Path.of("nowhere", "r.json"));

        assertThatThrownBy(() -> Durable.write(link, "new", Access.PRIVATE_AT_FIRST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(link.toString())
                .hasMessageContaining("leads to nothing");
        assertThat(Places.whyNot(link)).get().asString().contains("leads to nothing");
    }

    @Test
    void aLinkInThePlaceOfAnOwnFileIsRefusedAndWhatItLeadsToIsLeftAlone() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("ps-01.json"), victim);

        assertThatThrownBy(() -> Durable.write(link, "facts", Access.PRIVATE))
                .hasMessageContaining(link.toString())
                .hasMessageContaining("a link is in its place");
        assertThatThrownBy(() -> Durable.append(link, new byte[] {1})).hasMessageContaining(link.toString());
        assertThat(victim).hasContent("precious");
    }

    /** The name under which a file was written before it was moved could be guessed, and prepared. */
    @Test
    void aLinkThatWaitsUnderAGuessedNameIsNotWrittenThrough() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve(".ps-01.json.half"), victim);

        Durable.write(folder.resolve("ps-01.json"), "facts", Access.PRIVATE);

        assertThat(victim).hasContent("precious");
        assertThat(Files.isRegularFile(folder.resolve("ps-01.json"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "skipped: no mkfifo");
        FutureTask<String> reader = new FutureTask<>(() -> Files.readString(pipe));
        Thread.ofPlatform().daemon().start(reader);

        assertThat(Places.whyNot(pipe)).isEmpty();
        Durable.write(pipe, "report", Access.PRIVATE_AT_FIRST);

        assertThat(reader.get()).isEqualTo("report");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThatThrownBy(() -> Durable.write(pipe, "facts", Access.PRIVATE)).hasMessageContaining("it is no file");
    }

    @Test
    void whatCannotBeWrittenIsToldByTheNameThatWasAskedFor() throws Exception {
        Path inNoFolder = folder.resolve("none/r.json");
        assertThatThrownBy(() -> Durable.write(inNoFolder, "x", Access.PRIVATE_AT_FIRST))
                .hasMessageContaining(inNoFolder.toString())
                .hasMessageContaining("there is no folder");
        Path aFolder = Files.createDirectory(folder.resolve("r.json"));
        assertThatThrownBy(() -> Durable.write(aFolder, "x", Access.PRIVATE_AT_FIRST))
                .hasMessageContaining(aFolder.toString());
        nothingElseIn(1);
        assertThatThrownBy(() -> Durable.create(
                        Files.writeString(folder.resolve("there"), "old"),
                        "x".getBytes(StandardCharsets.UTF_8),
                        Access.USUAL))
                .hasMessageContaining("it is there already");
        assertThat(folder.resolve("there")).hasContent("old");
        nothingElseIn(2);
    }

    @Test
    void halfACharacterPairStopsNoReport() throws Exception {
        Path file = folder.resolve("r.json");

        Durable.write(file, "cut \ud83d here", Access.PRIVATE_AT_FIRST);

        assertThat(file).hasContent("cut ? here");
    }

    @Test
    void whoeverIsInterruptedKeepsWhatWasReadAndTheInterrupt() throws Exception {
        Path file = folder.resolve("r.json");

        Thread.currentThread().interrupt();
        Durable.write(file, "facts", Access.PRIVATE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("facts");
    }

    private void nothingElseIn(int files) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).hasSize(files);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
