package dev.asrdoctor.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.inventory.Credential.Environment;
import dev.asrdoctor.inventory.Credential.Keystore;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.SecretKeyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoresTest {
    private static final String OPENER = "opens-the-store-1";

    @TempDir
    Path folder;

    private final List<char[]> handedOut = new ArrayList<>();
    private final Passwords passwords = new Passwords(Map.of("STORE", OPENER, "OTHER", "something-else"), question -> {
        handedOut.add(OPENER.toCharArray());
        return handedOut.getLast();
    });

    private String fetch(Path file, String entry, Credential.Source opener) throws Exception {
        return new String(passwords.fetch(new Credential("fleet", "CONTOSO\\svc", new Keystore(file, entry, opener))));
    }

    private void refuses(Path file, String entry, String variable, String... words) {
        assertThatThrownBy(() -> fetch(file, entry, new Environment(variable)))
                .isInstanceOf(PasswordException.class)
                .hasMessageStartingWith("credential 'fleet': ")
                .hasMessageContainingAll(words)
                .hasMessageNotContainingAny("\n", OPENER, "something-else", "hunter");
    }

    @Test
    void opensWhatKeytoolMade() throws Exception {
        Path file = folder.resolve("secrets.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-importpass",
                        "-alias",
                        "fleet",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        OPENER)
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = keytool.getOutputStream()) {
            in.write("hunter-22\nhunter-22\n".getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        assertThat(fetch(file, "fleet", new Environment("STORE"))).isEqualTo("hunter-22");
        refuses(file, "fleet", "OTHER", file.toString(), "its password is another one");
        refuses(file, "fleat", "STORE", "has no entry 'fleat'; it has fleet");
    }

    @Test
    void readsPasswordsInEveryLanguageAndWipesTheOpener() throws Exception {
        Path file = store("pässw öрд");
        assertThat(fetch(file, "e", new Credential.Prompt())).isEqualTo("pässw öрд");
        assertThat(handedOut.getFirst()).containsOnly('\0');
    }

    @Test
    void saysWhatIsWrongWithAKeystore() throws Exception {
        refuses(folder.resolve("none.p12"), "e", "STORE", "there is no keystore", "none.p12");
        refuses(folder, "e", "STORE", "there is no keystore");
        refuses(Files.writeString(folder.resolve("bad.p12"), "not one"), "e", "STORE", "no whole PKCS#12 file");
        refuses(Files.writeString(folder.resolve("empty.p12"), ""), "e", "STORE", "no whole PKCS#12 file");
        refuses(store("hunter-3"), "e", "NOT_SET", "the environment variable NOT_SET is not set");
        byte[] whole = Files.readAllBytes(store("hunter-3"));
        for (int length : new int[] {1, 10, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.p12"), java.util.Arrays.copyOf(whole, length));
            refuses(cut, "e", "STORE", "cut.p12 cannot be opened");
        }
    }

    private Path store(String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setEntry(
                "e",
                new SecretKeyEntry(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "AES")),
                new PasswordProtection(OPENER.toCharArray()));
        Path file = folder.resolve("made.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, OPENER.toCharArray());
        }
        return file;
    }
}
