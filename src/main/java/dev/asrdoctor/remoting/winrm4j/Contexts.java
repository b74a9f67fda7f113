package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.Identity;
import io.cloudsoft.winrm4j.client.WinRmClientContext;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One context for each account with its password: a context keeps authenticated connections, and a wrong password that
 * met one of those would pass for the right one.
 */
final class Contexts {
    private final Map<Key, WinRmClientContext> contexts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Key(String account, String passwordHash) {}

    WinRmClientContext of(Identity identity) {
        Key key = new Key(identity.account(), hash(identity.password()));
        lock.lock();
        try {
            return contexts.computeIfAbsent(key, k -> WinRmClientContext.newInstance());
        } finally {
            lock.unlock();
        }
    }

    private static String hash(char[] password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
