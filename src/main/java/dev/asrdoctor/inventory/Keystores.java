package dev.asrdoctor.inventory;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import javax.crypto.SecretKey;

/** Passwords kept as secret keys in PKCS#12 keystores. */
final class Keystores {
    private Keystores() {}

    /** @param opener the keystore's password; the caller wipes it */
    static char[] password(Path file, String entry, char[] opener) throws PasswordException {
        if (!Files.isRegularFile(file)) {
            throw new PasswordException("there is no keystore " + file);
        }
        KeyStore store = open(file, opener);
        try {
            if (!store.containsAlias(entry)) {
                List<String> known = Collections.list(store.aliases());
                throw new PasswordException("the keystore " + file + " has no entry '" + entry + "'; it has "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
            if (!(store.getKey(entry, opener) instanceof SecretKey key) || key.getEncoded() == null) {
                throw new PasswordException("the entry '" + entry + "' of the keystore " + file
                        + " is no password; keytool -importpass makes one");
            }
            byte[] bytes = key.getEncoded();
            return Passwords.utf8(bytes, bytes.length);
        } catch (CharacterCodingException e) {
            throw new PasswordException("the entry '" + entry + "' of the keystore " + file
                    + " is no password in UTF-8; keytool -importpass makes one");
        } catch (GeneralSecurityException e) {
            throw new PasswordException("the entry '" + entry + "' of the keystore " + file
                    + " cannot be opened with the keystore's password");
        }
    }

    private static KeyStore open(Path file, char[] opener) throws PasswordException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, opener);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new PasswordException("the keystore " + file + " cannot be opened: " + why(e));
        }
    }

    private static String why(Exception e) {
        if (e.getCause() instanceof UnrecoverableKeyException) {
            return "its password is another one";
        }
        return e instanceof EOFException || e.getCause() == null ? "it is no whole PKCS#12 file" : "it cannot be read";
    }
}
