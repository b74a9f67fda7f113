package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/** MIT's krb5kdc on a loopback port, with a realm and a database of its own; nothing of the machine's is touched. */
final class MitKdc implements AutoCloseable {
    private static final int ATTEMPTS = 300;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder;
    private final String realm;
    private final int port;
    private final Process process;

    /** @param encryptionTypes as in kdc.conf, without the salt */
    static MitKdc start(Path parent, String encryptionTypes) throws IOException, InterruptedException {
        Peers.installed("/usr/sbin/krb5kdc", "krb5-kdc");
        Peers.installed("/usr/sbin/kadmin.local", "krb5-admin-server");
        return new MitKdc(Files.createTempDirectory(parent, "mit"), encryptionTypes);
    }

    private MitKdc(Path folder, String encryptionTypes) throws IOException, InterruptedException {
        this.folder = folder;
        this.realm = "MIT" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + ".TEST";
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("krb5.conf"), """
                [libdefaults]
                default_realm = %1$s
                dns_lookup_kdc = false
                dns_canonicalize_hostname = false
                rdns = false
                udp_preference_limit = 1
                permitted_enctypes = %3$s
                [realms]
                %1$s = {
                kdc = 127.0.0.1:%2$d
                }
                """.formatted(realm, port, encryptionTypes));
        Files.writeString(folder.resolve("kdc.conf"), """
                [kdcdefaults]
                kdc_listen = 127.0.0.1:%2$d
                kdc_tcp_listen = 127.0.0.1:%2$d
                [realms]
                %1$s = {
                database_name = %3$s/principal
                key_stash_file = %3$s/stash
                acl_file = %3$s/acl
                supported_enctypes = %4$s
                default_principal_flags = +preauth
                }
                [logging]
                kdc = FILE:%3$s/kdc.log
                """.formatted(
                        realm, port, folder, encryptionTypes.replace(" ", ":normal ") + ":normal"));
        run("/usr/sbin/kdb5_util", "-r", realm, "create", "-s", "-P", "master");
        process = builder(List.of("/usr/sbin/krb5kdc", "-n", "-r", realm))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kdc.out").toFile())
                .start();
        awaitPort();
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        close();
        Assertions.fail("krb5kdc does not start: " + Files.readString(folder.resolve("kdc.out")));
    }

    String realm() {
        return realm;
    }

    List<String> addresses() {
        return List.of("127.0.0.1:" + port);
    }

    /** For the environment of programs that use MIT's library. */
    Map<String, String> environment() {
        return Map.of(
                "KRB5_CONFIG", folder.resolve("krb5.conf").toString(),
                "KRB5_KDC_PROFILE", folder.resolve("kdc.conf").toString(),
                "KRB5RCACHETYPE", "none");
    }

    void user(String name, String password) throws IOException, InterruptedException {
        admin("addprinc -pw \"" + password + "\" " + name);
    }

    void admin(String query) throws IOException, InterruptedException {
        run("/usr/sbin/kadmin.local", "-r", realm, "-q", query);
    }

    /** The keys of principals, which get random ones if they are new. */
    Path keytab(String... principals) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "keys", ".keytab");
        Files.delete(file);
        for (String principal : principals) {
            if (principal.indexOf('/') > 0) {
                admin("addprinc -randkey " + principal);
            }
            admin("ktadd -norandkey -k " + file + " " + principal);
        }
        return file;
    }

    /** A file with tickets, as kinit leaves it; with the options that the machine's own krb5.conf may ask Java for. */
    Path ticketCache(String user, String password) throws IOException, InterruptedException {
        Path file = folder.resolve("tickets-" + user);
        PeerProcess.Ended ended = PeerProcess.run(
                builder(List.of("/usr/bin/kinit", "-f", "-p", "-c", "FILE:" + file, user + "@" + realm)),
                password + "\n");
        Assertions.assertThat(ended.exitCode()).as(ended.said()).isZero();
        return file;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = PeerProcess.of(folder, command);
        builder.environment().putAll(environment());
        return builder;
    }

    private void run(String... command) throws IOException, InterruptedException {
        PeerProcess.Ended ended = PeerProcess.run(builder(List.of(command)), "");
        Assertions.assertThat(ended.exitCode()).as(ended.said()).isZero();
    }

    /** What the KDC did, for the reader of a failed test. */
    String log() throws IOException {
        Path log = folder.resolve("kdc.log");
        return Files.exists(log) ? Files.readString(log, UTF_8) : "";
    }

    @Override
    public void close() {
        PeerProcess.destroy(process);
    }
}
