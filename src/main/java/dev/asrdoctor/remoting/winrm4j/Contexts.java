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
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory.UseAsyncPolicy;

/**
 * One context for each account with its password: a context keeps authenticated connections, and a wrong password that
 * met one of those would pass for the right one. Apart for TLS, since CXF has to keep a message elsewhere there.
 */
final class Contexts {
    private final Map<Key, WinRmClientContext> contexts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Above this many bytes CXF keeps a message in a file. A message in memory it sends from its beginning again wherever a
     * connection did not take the whole, which over TLS is after 16 KiB.
     */
    private static final int KEPT_FOR_TLS = 8 * 1024;

    /** WinRM4j fails to seal a message that lies in a file. */
    private static final int KEPT_FOR_SEALING = 4 * 1024 * 1024;

    private record Key(String account, String passwordHash, boolean tls) {}

    WinRmClientContext of(Identity identity, boolean tls) {
        Key key = new Key(identity.account(), hash(identity.password()), tls);
        lock.lock();
        try {
            return contexts.computeIfAbsent(key, k -> context(tls));
        } finally {
            lock.unlock();
        }
    }

    private static WinRmClientContext context(boolean tls) {
        Bus bus = BusFactory.newInstance().createBus();
        // As WinRM4j sets them for a bus of its own.
        bus.setProperty("use.async.http.conduit", true);
        bus.setProperty("org.apache.cxf.transport.http.async.usePolicy", UseAsyncPolicy.ALWAYS);
        bus.setProperty("bus.io.CachedOutputStream.Threshold", Integer.toString(tls ? KEPT_FOR_TLS : KEPT_FOR_SEALING));
        return WinRmClientContext.newInstance(bus);
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
