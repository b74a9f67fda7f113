package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The reader of logs (ps-scripts/lib/files.ps1) in real PowerShell, on real files as servers hold them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogReaderTest {
    private static final int END = 4096;
    private static final long TWO_GIB = 2L << 30;
    private static final String SEARCH =
            "@{ entry = '^never'; bad = 'error'; good = 'delivered to (?<who>[a-z]+)(?<what>)' }";
    private static final Charset GERMAN = Charset.forName("windows-1252");

    private LibraryShell shell;

    @TempDir
    Path folder;

    @BeforeAll
    void startPowerShell(@TempDir Path scripts) throws Exception {
        shell = LibraryShell.start(scripts, "files");
    }

    @AfterAll
    void endPowerShell() {
        if (shell != null) {
            shell.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,    '',       utf-8",
        "UTF-8,    EF BB BF, utf-8",
        "UTF-16LE, '',       utf-16le",
        "UTF-16LE, FF FE,    utf-16le",
        "UTF-16BE, FE FF,    utf-16be"
    })
    void unicodeIsReadInEveryFormThatWindowsWrites(String charset, String mark, String encoding) throws Exception {
        String text = "Start of the log\r\nFehler: Übertragung ERROR 日本\r\nletzte Zeile über 😀\r\n";
        JsonNode log = read(write(bytes(mark), text.getBytes(Charset.forName(charset))));
        assertThat(encoding(log)).isEqualTo(encoding);
        assertThat(log.path("lines").asInt()).isEqualTo(3);
        assertThat(matches(log)).containsExactly("Fehler: Übertragung ERROR 日本");
        assertThat(lastLine(log)).isEqualTo("letzte Zeile über 😀");
        assertThat(log.path("error").isNull()).isTrue();
    }

    @Test
    void theMarkIsNoPartOfTheFirstLine() throws Exception {
        assertThat(lastLine(read(write(bytes("EF BB BF"), "error one".getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo("error one");
        assertThat(lastLine(read(write(bytes("FF FE"), "error one".getBytes(StandardCharsets.UTF_16LE)))))
                .isEqualTo("error one");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, Fehler beim Übertragen: error größer als möglich",
        "windows-1252, échec de l’opération : error à côté",
        "windows-31j,  エラー error 転送に失敗しました"
    })
    void aCodePageIsHandedOverByteByByteForWhoeverKnowsIt(String charset, String line) throws Exception {
        Charset codePage = Charset.forName(charset);
        JsonNode log = read(write((line + "\r\nplain\r\n" + line + "\r\n").getBytes(codePage)));
        assertThat(encoding(log)).isEqualTo("ansi");
        assertThat(matches(log))
                .hasSize(2)
                .allSatisfy(m -> assertThat(new String(m.getBytes(StandardCharsets.ISO_8859_1), codePage))
                        .isEqualTo(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void linesEndInEitherWayAndEmptyOnesAreNotCounted(String newline) throws Exception {
        JsonNode log = read(write(String.join(newline, "one", "", "  ", "two error", "three", "")));
        assertThat(log.path("lines").asInt()).isEqualTo(3);
        assertThat(matches(log)).containsExactly("two error");
        assertThat(lastLine(log)).isEqualTo("three");
    }

    @Test
    void anEmptyFileHasNoLinesAndNoError() throws Exception {
        JsonNode log = read(write(""));
        assertThat(log.path("size").asLong()).isZero();
        assertThat(log.path("readBytes").asLong()).isZero();
        assertThat(log.path("lines").asInt()).isZero();
        assertThat(log.path("lastLine").isNull()).isTrue();
        assertThat(matches(log)).isEmpty();
        assertThat(log.path("error").isNull()).isTrue();
    }

    @Test
    void aLineThatIsStillBeingWrittenIsTheLastOne() throws Exception {
        JsonNode log = read(write("one\ntwo\nhalf an err"));
        assertThat(log.path("lines").asInt()).isEqualTo(3);
        assertThat(lastLine(log)).isEqualTo("half an err");
        assertThat(matches(log)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erste Zeile ü\nhalb ", "nur eine halbe Zeile, größer "})
    void aCharacterCutByTheWriterLeavesTheRestAsUtf8(String before) throws Exception {
        byte[] whole = "日".getBytes(StandardCharsets.UTF_8);
        for (int kept = 1; kept < whole.length; kept++) {
            byte[] cut = new byte[kept];
            System.arraycopy(whole, 0, cut, 0, kept);
            JsonNode log = read(write(before.getBytes(StandardCharsets.UTF_8), cut));
            assertThat(encoding(log)).isEqualTo("utf-8");
            assertThat(lastLine(log))
                    .startsWith(before.substring(before.indexOf('\n') + 1))
                    .endsWith("\uFFFD");
        }
    }

    @Test
    void aHalfWrittenLineOfACodePageKeepsItsBytes() throws Exception {
        String half = "error: Übertragung größer";
        JsonNode log = read(write(("plain line\r\n" + half).getBytes(GERMAN)));
        assertThat(encoding(log)).isEqualTo("ansi");
        assertThat(lastLine(log)).isEqualTo(half);
    }

    @Test
    void halfACharacterOfUtf16LeavesTheLinesBeforeItWhole() throws Exception {
        byte[] text = "one error\ntwo".getBytes(StandardCharsets.UTF_16LE);
        byte[] cut = new byte[text.length - 1];
        System.arraycopy(text, 0, cut, 0, cut.length);
        JsonNode log = read(write(bytes("FF FE"), cut));
        assertThat(matches(log)).containsExactly("one error");
        assertThat(lastLine(log)).startsWith("tw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "windows-31j"})
    void theEndOfALongFileBeginsWithAWholeLineWhereverItIsCut(String charset) throws Exception {
        Charset used = Charset.forName(charset);
        String line = "転送 error 日本語の行\n";
        byte[] mark = charset.startsWith("UTF-16") ? bytes("FF FE") : new byte[0];
        Path file = write(mark, line.repeat(300).getBytes(used));
        for (int end = 1000; end < 1012; end++) {
            JsonNode log = read(file, end);
            assertThat(log.path("readBytes").asInt()).isBetween(end - 1, end);
            assertThat(log.path("lines").asInt()).isEqualTo(log.path("matched").asInt());
            assertThat(matches(log))
                    .hasSize(5)
                    .allSatisfy(m -> assertThat(
                                    encoding(log).equals("ansi")
                                            ? new String(m.getBytes(StandardCharsets.ISO_8859_1), used)
                                            : m)
                            .isEqualTo(line.strip()));
        }
    }

    @Test
    void anEndThatIsAllOneLineIsKeptAsOne() throws Exception {
        JsonNode log = read(write("x".repeat(10_000) + " error"));
        assertThat(log.path("lines").asInt()).isEqualTo(1);
        assertThat(log.path("matched").asInt()).isEqualTo(1);
        assertThat(lastLine(log)).hasSize(555).startsWith("xxx").endsWith("x error");
    }

    @Test
    void longLinesAreSearchedWholeAndShownWithBothEndsAndWhatWasFoundBetween() throws Exception {
        JsonNode log =
                read(write("first\n" + "y".repeat(1000) + " error 407 " + "z".repeat(1000) + " the end\nlast\n"));
        assertThat(log.path("matched").asInt()).isEqualTo(1);
        assertThat(matches(log)).hasSize(1);
        assertThat(matches(log).getFirst())
                .startsWith("y".repeat(300) + " ... ")
                .contains("y error 407 z")
                .endsWith("z the end")
                .hasSizeLessThan(900);
        assertThat(matches(read(write("y".repeat(700) + " error " + "😀".repeat(400))))
                        .getFirst())
                .contains("y error 😀")
                .doesNotContain("\uFFFD");
    }

    @Test
    void linesThatContinueAnEntryBelongToIt() throws Exception {
        String search = "@{ entry = '^#'; bad = 'error'; good = 'never(?<who>)(?<what>)' }";
        Path file = write("rest of an error\n# one\n  error in one\n\n# two\n# three error\n at three\n");
        JsonNode log = read(file, END, search);
        assertThat(matches(log)).containsExactly("# one   error in one", "# three error  at three");
        assertThat(log.path("lines").asInt()).isEqualTo(6);
        assertThat(log.path("firstLine").asString()).isEqualTo("rest of an error");
        assertThat(lastLine(log)).isEqualTo(" at three");
    }

    @Test
    void theLastSuccessOfWhateverFailedIsKeptHoweverMuchCameAfterIt() throws Exception {
        StringBuilder text = new StringBuilder("error for bob\ndelivered to ann\ndelivered to bob\n");
        for (int i = 0; i < 60; i++) {
            text.append("delivered to q").append((char) ('c' + i % 20)).append('\n');
        }
        JsonNode log = read(write(text.toString()));
        List<String> good = new ArrayList<>();
        log.path("good").forEach(line -> good.add(line.asString()));
        assertThat(good).hasSize(5).contains("delivered to bob").doesNotContain("delivered to ann");
        assertThat(good.getLast()).isEqualTo("delivered to qv");
        assertThat(read(write("error\n")).path("good")).isEmpty();
    }

    @Test
    void aCutNeverLeavesHalfACharacter() throws Exception {
        JsonNode cut = shell.ask(
                "[ordered]@{ text = (Limit-AsrText -Text ('abc' + [char]0xD83D + [char]0xDE00) -Length 4);"
                        + " whole = (Limit-AsrText -Text ('abc' + [char]0xD83D + [char]0xDE00) -Length 5);"
                        + " short = (Limit-AsrText -Text 'abc' -Length 4); none = (Limit-AsrText -Text '' -Length 4) }");
        assertThat(cut.path("text").asString()).isEqualTo("abc");
        assertThat(cut.path("whole").asString()).isEqualTo("abc😀");
        assertThat(cut.path("short").asString()).isEqualTo("abc");
        assertThat(cut.path("none").asString()).isEmpty();
    }

    @Test
    void allMatchesAreCountedAndTheLastOnesShownOldestFirst() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            text.append("ERROR ").append(i).append("\nfine\n");
        }
        JsonNode log = read(write(text.toString()));
        assertThat(log.path("lines").asInt()).isEqualTo(40);
        assertThat(log.path("matched").asInt()).isEqualTo(20);
        assertThat(matches(log)).containsExactly("ERROR 16", "ERROR 17", "ERROR 18", "ERROR 19", "ERROR 20");
        assertThat(lastLine(log)).isEqualTo("fine");
    }

    @Test
    void ofRotatedFilesTheNewestAreReadNewestFirst() throws Exception {
        Instant now = Instant.parse("2024-05-01T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            Path file = Files.writeString(folder.resolve("cxps.err." + i + ".log"), "error " + i + "\n");
            Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(60L * ((i + 2) % 5))));
        }
        Files.writeString(folder.resolve("other.log"), "error other\n");
        Files.createDirectory(folder.resolve("cxps.err.folder"));
        JsonNode logs = logs(3, "@(, @(" + LibraryShell.quoted(folder) + ", 'cxps.err*'))");
        assertThat(names(logs)).containsExactly("cxps.err.3.log", "cxps.err.4.log", "cxps.err.0.log");
        assertThat(logs.path(0).path("modifiedAt").asString()).isEqualTo("2024-05-01T12:00:00.000Z");
        assertThat(matches(logs.path(0))).containsExactly("error 3");
    }

    @Test
    void aFileThatTwoPatternsFindIsReadOnce() throws Exception {
        Files.writeString(folder.resolve("svagents1.log"), "error\n");
        String place = LibraryShell.quoted(folder);
        assertThat(names(logs(3, "@(@(" + place + ", 'sv*'), @(" + place + ", '*.log'))")))
                .containsExactly("svagents1.log");
    }

    @Test
    void theEndOfTwoGibibytesIsReadInShortTimeAndLittleMemory() throws Exception {
        byte[] lines = ("one\n" + "error line\n".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
        Path file = folder.resolve("large.log");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(TWO_GIB);
            large.seek(TWO_GIB - lines.length);
            large.write(lines);
        }
        JsonNode asked = shell.ask("$asrWatch = [System.Diagnostics.Stopwatch]::StartNew(); [ordered]@{ log = ("
                + readCall(file, END, SEARCH)
                + "); millis = $asrWatch.ElapsedMilliseconds;"
                + " peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 }");
        JsonNode log = asked.path("log");
        assertThat(log.path("size").asLong()).isEqualTo(TWO_GIB);
        assertThat(log.path("readBytes").asLong()).isEqualTo(END);
        assertThat(encoding(log)).isEqualTo("utf-8");
        assertThat(log.path("matched").asInt()).isEqualTo(END / "error line\n".length());
        assertThat(asked.path("millis").asLong()).isLessThan(5000);
        assertThat(asked.path("peak").asLong()).isLessThan(TWO_GIB / 4);
    }

    @Test
    void zerosThatALostWriteHasLeftAreNotTakenForUtf16() throws Exception {
        JsonNode log = read(write(new byte[2000], "error größer\nlast\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(encoding(log)).isEqualTo("utf-8");
        assertThat(matches(log)).containsExactly("error größer");
        assertThat(lastLine(log)).isEqualTo("last");
    }

    @Test
    void whereThereIsNoFolderThereAreNoLogs() throws Exception {
        assertThat(logs(3, "@(, @(" + LibraryShell.quoted(folder.resolve("absent")) + ", '*.log'))"))
                .isEmpty();
        assertThat(logs(3, "@(, @('NoSuchDrive:\\folder', '*.log'))")).isEmpty();
        assertThat(logs(3, "@(, @(" + LibraryShell.quoted(folder) + ", '*.log'))"))
                .isEmpty();
    }

    @Test
    void aFileThatIsDeniedSaysSo() throws Exception {
        Path file = write("error\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "skipped: this user may read every file");
        assertThat(read(file).path("error").asString()).isEqualTo("UnauthorizedAccessException");
    }

    @Test
    void aFolderThatIsDeniedIsNotTakenForAnEmptyOne() throws Exception {
        Path denied = Files.createDirectory(folder.resolve("denied"));
        Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(denied), "skipped: this user may read every folder");
            assertThat(logs(3, "@(, @(" + LibraryShell.quoted(denied) + ", '*.log'))")
                            .path("thrown")
                            .asString())
                    .startsWith("DirUnauthorizedAccessError");
        } finally {
            Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @ParameterizedTest
    @CsvSource({"folder, UnauthorizedAccessException", "gone, FileNotFoundException"})
    void aFileThatChangesBetweenListingAndReadingSaysWhyItCannotBeRead(String now, String error) throws Exception {
        Path file = write("error\n");
        String change = now.equals("folder") ? "; [void][System.IO.Directory]::CreateDirectory($asrFile.FullName)" : "";
        JsonNode log = shell.ask("$asrFile = (Find-AsrFile -Folder " + LibraryShell.quoted(folder)
                + " -Filter '*.log' -Most 1)[0]; [System.IO.File]::Delete($asrFile.FullName)" + change
                + "; Read-AsrLog -File $asrFile -Search " + SEARCH + " -Most 5 -Bytes 4096");
        assertThat(log.path("error").asString()).isEqualTo(error);
        assertThat(log.path("path").asString()).isEqualTo(file.toString());
        assertThat(log.path("encoding").isNull()).isTrue();
        assertThat(log.path("lines").asInt()).isZero();
        assertThat(matches(log)).isEmpty();
    }

    @Test
    void aFailureOfTheDiskSaysSo() throws Exception {
        Path unreadable = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(unreadable), "skipped: this system has no file whose reading fails");
        assertThat(read(unreadable).path("error").asString()).isEqualTo("IOException");
    }

    @Test
    void aFileHeldWithoutSharingSaysSoAndTheNextIsRead() throws Exception {
        Path held = Files.writeString(folder.resolve("a.log"), "error\n");
        Files.writeString(folder.resolve("b.log"), "error\n");
        Files.setLastModifiedTime(held, FileTime.from(Instant.now().plusSeconds(60)));
        JsonNode logs = shell.ask("$asrHeld = New-Object System.IO.FileStream -ArgumentList "
                + LibraryShell.quoted(held)
                + ", ([System.IO.FileMode]::Open), ([System.IO.FileAccess]::ReadWrite), ([System.IO.FileShare]::None);"
                + " try { Read-AsrLogs -Places @(, @(" + LibraryShell.quoted(folder)
                + ", '*.log')) -Search " + SEARCH + " -Most 5 -Bytes 4096 -Files 2 } finally { $asrHeld.Dispose() }");
        assertThat(logs.path(0).path("error").asString()).isEqualTo("IOException");
        assertThat(logs.path(1).path("error").isNull()).isTrue();
        assertThat(matches(logs.path(1))).containsExactly("error");
    }

    @Test
    void aFileThatAnotherProcessWritesToIsReadAsItStands() throws Exception {
        Path file = folder.resolve("growing.log");
        try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
            writer.write("error one\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(file).path("matched").asInt()).isEqualTo(1);
            writer.write("error two\n".getBytes(StandardCharsets.US_ASCII));
            JsonNode log = read(file);
            assertThat(matches(log)).containsExactly("error one", "error two");
            assertThat(log.path("size").asLong()).isEqualTo(writer.length());
        }
    }

    private JsonNode read(Path file) throws Exception {
        return read(file, END);
    }

    private JsonNode read(Path file, int bytes) throws Exception {
        return read(file, bytes, SEARCH);
    }

    private JsonNode read(Path file, int bytes, String search) throws Exception {
        return shell.ask(readCall(file, bytes, search));
    }

    private static String readCall(Path file, int bytes, String search) {
        return String.format(
                Locale.ROOT,
                "Read-AsrLog -File (New-Object System.IO.FileInfo -ArgumentList %s) -Search %s -Most 5 -Bytes %d",
                LibraryShell.quoted(file),
                search,
                bytes);
    }

    private JsonNode logs(int files, String places) throws Exception {
        return shell.ask("Read-AsrLogs -Places " + places + " -Search " + SEARCH + " -Most 5 -Bytes " + END + " -Files "
                + files);
    }

    private Path write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(byte[]... parts) throws IOException {
        Path file = folder.resolve("agent.log");
        Files.deleteIfExists(file);
        Files.createFile(file);
        for (byte[] part : parts) {
            Files.write(file, part, StandardOpenOption.APPEND);
        }
        return file;
    }

    private static byte[] bytes(String hex) {
        return hex.isEmpty() ? new byte[0] : HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private static String encoding(JsonNode log) {
        return log.path("encoding").asString();
    }

    private static String lastLine(JsonNode log) {
        return log.path("lastLine").asString();
    }

    private static List<String> matches(JsonNode log) {
        List<String> matches = new ArrayList<>();
        log.path("matches").forEach(match -> matches.add(match.asString()));
        return matches;
    }

    private static List<String> names(JsonNode logs) {
        List<String> names = new ArrayList<>();
        logs.forEach(log ->
                names.add(String.valueOf(Path.of(log.path("path").asString()).getFileName())));
        return names;
    }
}
