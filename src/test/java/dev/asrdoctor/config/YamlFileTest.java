package dev.asrdoctor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    @TempDir
    Path folder;

    private String mistake(Path file) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> YamlFile.read(file));
        assertThat(refusal.problems()).hasSize(1);
        assertThat(refusal.problems().getFirst().at().file()).isEqualTo(file.toString());
        return refusal.getMessage().substring(file.toString().length());
    }

    private String mistakeIn(byte[] bytes) throws IOException {
        return mistake(Files.write(folder.resolve("f.yaml"), bytes));
    }

    @Test
    void tellsThatAFileIsMissing() {
        assertThat(mistake(folder.resolve("nothing.yaml"))).isEqualTo(":1:1: there is no such file");
    }

    @Test
    void tellsThatAFileIsAFolder() {
        assertThat(mistake(folder)).isEqualTo(":1:1: the file is a folder, not a file");
    }

    @Test
    void tellsThatAFileIsEmptyOrHoldsOnlyComments() throws IOException {
        assertThat(mistakeIn(new byte[0])).isEqualTo(":1:1: the file is empty");
        assertThat(mistakeIn("# nothing\n".getBytes())).isEqualTo(":1:1: the file is empty");
    }

    @Test
    void refusesAHugeFileWithoutReadingIt() throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(10 * 1024 * 1024 + 1);
        }
        assertThat(mistake(huge)).contains("larger than 10 MB");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        assertThat(mistakeIn(new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'})).contains("not a text in UTF-8");
        assertThat(mistakeIn(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0})).contains("in UTF-16", "save it as UTF-8");
        assertThat(mistakeIn("version: 1\n".getBytes(StandardCharsets.UTF_16LE)))
                .contains("in UTF-16");
        assertThat(mistakeIn("version: 1\n".getBytes(StandardCharsets.UTF_16BE)))
                .contains("in UTF-16");
    }

    @Test
    void refusesBinaryThatIsByChanceUtf8() throws IOException {
        assertThat(mistakeIn(new byte[] {0, 1, 2, 3, 0, 0})).isEqualTo(":1:1: a text file has no character U+0000");
        assertThat(mistakeIn("a: 1\nb: x\u0001".getBytes())).isEqualTo(":2:5: a text file has no character U+0001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1, 2'         | :1:9: this is not YAML",
                "'a: 1\n\tb: 2'     | :2:1: this is not YAML",
                "'a: *nowhere'      | :1:4: this is not YAML",
                "'a: 1\n---\nb: 2'  | :2:1: this is not YAML",
                "'a: \"open'        | :1:9: this is not YAML",
                "'a: b: c'          | :1:5: this is not YAML",
            })
    void tellsWhereAFileStopsBeingYaml(String text, String mistake) throws IOException {
        assertThat(mistakeIn(text.getBytes())).startsWith(mistake);
    }

    @Test
    void refusesMoreAliasesThanAPersonWrites() throws IOException {
        String text = "a: &a [x]\nb: [" + "*a, ".repeat(300) + "]\n";
        assertThat(mistakeIn(text.getBytes())).contains("not YAML").contains("aliases");
    }

    @Test
    void refusesDeepNestingInsteadOfOverflowing() throws IOException {
        assertThat(mistakeIn(("[".repeat(100_000) + "]".repeat(100_000)).getBytes()))
                .contains("nested too deeply");
    }

    @Test
    void readsAFileWithAByteOrderMark() throws Exception {
        Value root = YamlFile.read(Files.writeString(folder.resolve("bom.yaml"), "\uFEFFname: x\n"));
        assertThat(root.table().orElseThrow().has("name")).isTrue();
    }
}
