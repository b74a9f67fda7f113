package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.testing.Yaml;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @TempDir
    Path folder;

    private final Passwords passwords = new Passwords(Map.of("PW", "pässword", "NOTHING", ""), question -> null);

    private String fetch(Credential.Source source) throws PasswordException, InterruptedException {
        return new String(passwords.fetch(new Credential("fleet", "CONTOSO\\svc", source)));
    }

    private void refuses(Credential.Source source, String... words) {
        assertThatThrownBy(() -> fetch(source))
                .isInstanceOf(PasswordException.class)
                .hasMessageStartingWith("credential 'fleet': ")
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n");
    }

    private static Credential.Command shell(String script) {
        return new Credential.Command(List.of("sh", "-c", script));
    }

    @Test
    void comeFromTheEnvironment() throws Exception {
        assertThat(fetch(new Credential.Environment("PW"))).isEqualTo("pässword");
        refuses(new Credential.Environment("PX"), "the environment variable PX is not set");
        refuses(new Credential.Environment("NOTHING"), "the password is empty");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areNotShownToTheProgramThatFetchesAnother() throws Exception {
        String present = System.getenv("HOME") != null ? "HOME" : "PATH";
        List<Credential> all = List.of(
                new Credential("fleet", "CONTOSO\\svc", shell("printenv " + present + " || echo not there")),
                new Credential("other", "CONTOSO\\other", new Credential.Environment(present)));
        List<Credential> opened = List.of(
                all.getFirst(),
                new Credential(
                        "other",
                        "x",
                        new Credential.Keystore(Path.of("k.p12"), "e", new Credential.Environment(present))));
        for (List<Credential> each : List.of(all, opened)) {
            var careful = new Passwords(Map.of(), question -> null, new ProcessText(true), each);
            assertThat(new String(careful.fetch(each.getFirst()))).isEqualTo("not there");
        }
        assertThat(fetch(shell("printenv PATH"))).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void thatTheLocaleMayHaveChangedAreNotPresentedToAnybody() {
        var lost = new Passwords(Map.of("PW", "p\ufffdssword"), question -> "p\ufffd".toCharArray());
        var elsewhere = new Passwords(
                Map.of("PW", "p\u00e4ssword"), question -> "p\u00e4".toCharArray(), new ProcessText(false), List.of());
        for (Passwords each : List.of(lost, elsewhere)) {
            for (Credential.Source source : List.of(new Credential.Environment("PW"), new Credential.Prompt())) {
                assertThatThrownBy(() -> each.fetch(new Credential("fleet", "CONTOSO\\svc", source)))
                        .isInstanceOf(PasswordException.class)
                        .hasMessageContainingAll("LC_ALL=C.UTF-8", "not presented to anybody");
            }
        }
    }

    @Test
    void areTakenWithoutTheMarkThatWindowsPutsBeforeUtf8() throws Exception {
        assertThat(new String(Passwords.firstLine(bytes(0xef, 0xbb, 0xbf, 'p', 0xc3, 0xa4, '\r', '\n'))))
                .isEqualTo("p\u00e4");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thatWouldBeReadAsAnotherOneAreNotPresentedToAnybody() throws Exception {
        Path file = Files.createFile(
                folder.resolve("pw"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes('p', 0xe4, '\n').readAllBytes());
        refuses(new Credential.SecretFile(file), "the file " + file + " is not UTF-8");
        Files.write(file, bytes(0xff, 0xfe, 'p', 0, 'w', 0).readAllBytes());
        refuses(new Credential.SecretFile(file), "is not UTF-8");
        Files.write(file, bytes('p', 0, 'w', 0, '\n', 0).readAllBytes());
        refuses(new Credential.SecretFile(file), "a line break or a NUL");
        refuses(shell("printf 'p\\344ss'"), "what the command sh prints is not UTF-8");
        Passwords trailing = new Passwords(Map.of("PW", "secret\n"), question -> null);
        assertThatThrownBy(() -> trailing.fetch(new Credential("fleet", "svc", new Credential.Environment("PW"))))
                .isInstanceOf(PasswordException.class)
                .hasMessageContaining("a line break or a NUL")
                .hasMessageNotContaining("secret");
    }

    private static InputStream bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void areAskedForByTheAccountsName() throws Exception {
        List<String> questions = new ArrayList<>();
        Passwords asking = new Passwords(Map.of(), question -> {
            questions.add(question);
            return "typed".toCharArray();
        });
        assertThat(asking.fetch(new Credential("fleet", "CONTOSO\\svc", new Credential.Prompt())))
                .isEqualTo("typed".toCharArray());
        assertThat(questions).containsExactly("Password for CONTOSO\\svc: ");
    }

    @Test
    void cannotBeAskedForWithoutATerminal() {
        refuses(new Credential.Prompt(), "no terminal", "environment variable or a command");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areTheFirstLineThatACommandPrints() throws Exception {
        assertThat(fetch(shell("printf 'p\\303\\244 ss\\n'; echo second"))).isEqualTo("pä ss");
        assertThat(fetch(shell("printf 'x\\r\\n'"))).isEqualTo("x");
        assertThat(fetch(shell("printf noend; echo noise >&2"))).isEqualTo("noend");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doNotComeFromACommandThatFails() {
        refuses(shell("echo hunter2; exit 3"), "the command sh ended with exit code 3");
        refuses(shell("true"), "the password is empty");
        refuses(shell("echo; echo late"), "the password is empty");
        refuses(new Credential.Command(List.of("no-such-program-here")), "no-such-program-here cannot be started");
        assertThatThrownBy(() -> fetch(shell("echo hunter2; exit 3"))).hasMessageNotContaining("hunter2");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCommandGetsNoInputAndNoShell() throws Exception {
        assertThat(fetch(shell("cat; echo after"))).isEqualTo("after");
        assertThat(fetch(new Credential.Command(List.of("echo", "$HOME;", "x"))))
                .isEqualTo("$HOME; x");
    }

    @Test
    void nothingIsReadBeyondTheFirstLine() throws Exception {
        InputStream lineThenOpen = new InputStream() {
            private final InputStream line = new ByteArrayInputStream("secret\n".getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws java.io.IOException {
                int read = line.read();
                assertThat(read).as("reading on would wait for ever").isNotNegative();
                return read;
            }
        };
        assertThat(Passwords.firstLine(lineThenOpen)).isEqualTo("secret".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    @DisabledOnOs(OS.WINDOWS)
    void comeFromAFileThatIsItsOwnersAlone(String mode) throws Exception {
        Path file = Yaml.write(folder, "secret", "pa ss\nsecond\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(fetch(new Credential.SecretFile(file))).isEqualTo("pa ss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-rw-rw-"})
    @DisabledOnOs(OS.WINDOWS)
    void doNotComeFromAFileThatOthersCanUse(String mode) throws Exception {
        Path file = Yaml.write(folder, "secret", "hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        refuses(new Credential.SecretFile(file), file + " is refused", "chmod 600 " + file);
    }

    @Test
    void doNotComeFromAFolderOrFromNothing() {
        refuses(new Credential.SecretFile(folder), "there is no file " + folder);
        refuses(new Credential.SecretFile(folder.resolve("x")), "there is no file");
    }

    @Test
    void whoWipesAPasswordDoesNotWipeTheNextOne() throws Exception {
        Credential credential = new Credential("c", "u", new Credential.Inline("abc".toCharArray()));
        java.util.Arrays.fill(passwords.fetch(credential), '\0');
        assertThat(passwords.fetch(credential)).isEqualTo("abc".toCharArray());
        assertThat(credential.toString()).doesNotContain("abc");
    }
}
