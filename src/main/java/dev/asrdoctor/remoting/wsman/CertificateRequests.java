package dev.asrdoctor.remoting.wsman;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Remembers which servers have asked for a client certificate: what they say where they get none tells nothing. */
final class CertificateRequests {
    private final Map<Socket, Boolean> asked = new WeakHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    boolean cameOver(Socket socket) {
        lock.lock();
        try {
            return asked.containsKey(socket);
        } finally {
            lock.unlock();
        }
    }

    private void note(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        lock.lock();
        try {
            asked.put(socket, true);
        } finally {
            lock.unlock();
        }
    }

    /** @param keys null where there is no certificate to present */
    KeyManager[] over(KeyManager @Nullable [] keys) {
        X509ExtendedKeyManager own = keys != null && keys[0] instanceof X509ExtendedKeyManager manager ? manager : null;
        return new KeyManager[] {new Noting(own)};
    }

    private final class Noting extends X509ExtendedKeyManager {
        private final @Nullable X509ExtendedKeyManager own;

        Noting(@Nullable X509ExtendedKeyManager own) {
            this.own = own;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            note(socket);
            return own == null ? null : own.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
            return own == null ? null : own.chooseEngineClientAlias(types, issuers, engine);
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return own == null ? null : own.getClientAliases(type, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return own == null ? null : own.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return own == null ? null : own.getPrivateKey(alias);
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }
}
