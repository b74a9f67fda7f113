package dev.asrdoctor.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** A domain controller's Kerberos in this JVM (Apache Kerby), each with a realm of its own. */
public final class InJvmKdc implements AutoCloseable {
    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SimpleKdcServer server;
    private final Path folder;
    private final String realm;
    private final int port;

    private InJvmKdc(Path folder) throws IOException, KrbException {
        this.folder = folder;
        this.realm = "REALM" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + ".TEST";
        String before = System.getProperty(CONFIGURATION);
        server = new SimpleKdcServer();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.setWorkDir(folder.toFile());
        server.setKdcHost("127.0.0.1");
        server.setKdcRealm(realm);
        server.setKdcTcpPort(port);
        server.setAllowUdp(false);
        server.init();
        // It makes its own configuration the one of the JVM, which nobody asked for.
        if (before == null) {
            System.clearProperty(CONFIGURATION);
        } else {
            System.setProperty(CONFIGURATION, before);
        }
        server.start();
    }

    public static InJvmKdc start(Path parent) throws IOException, KrbException {
        return new InJvmKdc(Files.createTempDirectory(parent, "kdc"));
    }

    public String realm() {
        return realm;
    }

    /** For the inventory's {@code kdc}. */
    public List<String> addresses() {
        return List.of("127.0.0.1:" + port);
    }

    public void user(String name, String password) throws KrbException {
        server.createPrincipal(name + "@" + realm, password);
    }

    /** Changes it as an administrator does. */
    public void password(String name, String password) throws KrbException {
        server.getKadmin().changePassword(name + "@" + realm, password);
    }

    /** A keytab of principals; services that do not exist yet are created with random keys. */
    public Path keytab(String... principals) throws IOException, KrbException {
        Path file = Files.createTempFile(folder, "keys", ".keytab");
        Files.delete(file);
        File keytab = file.toFile();
        for (String principal : principals) {
            String whole = principal + "@" + realm;
            if (principal.indexOf('/') > 0) {
                server.createPrincipals(whole);
            }
            server.exportPrincipal(whole, keytab);
        }
        return file;
    }

    @Override
    public void close() throws KrbException {
        server.stop();
    }
}
