package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.ClosedPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The prober of connections (ps-scripts/lib/net.ps1) in real PowerShell, against real sockets on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionProbeTest {
    private static final int AMPLE = 20_000;
    private static final int SHORT = 1500;
    /** Far less than waiting for so many one after the other takes, and more than a busy machine adds. */
    private static final int MANY = 12;

    private static final int REFUSED = 10061;
    private static final int TIMED_OUT = 10060;
    private static final int NO_SUCH_NAME = 11001;
    private static final String PLAIN =
            "New-AsrTarget -Name 'plain' -HostName '127.0.0.1' -Port %d -Tls $false -Http ''";
    private static final String TLS = "New-AsrTarget -Name 'tls' -HostName 'localhost' -Port %d -Tls $true -Http ''";
    private static final String HTTPS =
            "New-AsrTarget -Name 'https' -HostName 'localhost' -Port %d -Tls $true -Http '/'";

    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private LibraryShell shell;
    private SSLContext certified;

    /** What a server does with one connection, which is closed afterwards. */
    private interface Conversation {
        void with(Socket socket) throws IOException;
    }

    @BeforeAll
    void startPowerShellAndMakeACertificate(@TempDir Path folder) throws Exception {
        shell = LibraryShell.start(folder, "net");
        certified = selfSigned(folder.resolve("server.p12"));
    }

    @AfterAll
    void endPowerShell() {
        if (shell != null) {
            shell.close();
        }
    }

    @AfterEach
    void closeAllSockets() throws Exception {
        for (AutoCloseable socket = opened.poll(); socket != null; socket = opened.poll()) {
            socket.close();
        }
    }

    @Test
    void aListenerThatAcceptsIsConnected() throws Exception {
        int port = serve(socket -> socket.getInputStream().read());
        JsonNode result = probe(AMPLE, "", 0, target(PLAIN, port));
        assertThat(result.path("outcome").asString()).isEqualTo("connected");
        assertThat(result.path("code").asInt()).isZero();
        assertThat(result.path("stage").asString()).isEqualTo("tcp");
        // The address stands alone on .NET Framework, and as one of IPv6 where a socket speaks both.
        assertThat(result.path("address").asString()).endsWith("127.0.0.1");
        assertThat(result.path("name").asString()).isEqualTo("plain");
        assertThat(result.path("host").asString()).isEqualTo("127.0.0.1");
        assertThat(result.path("port").asInt()).isEqualTo(port);
        assertThat(result.path("tls").isNull()).isTrue();
        assertThat(result.path("error").isNull()).isTrue();
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        JsonNode result = probe(AMPLE, "", 0, target(PLAIN, ClosedPort.number()));
        assertThat(result.path("outcome").asString()).isEqualTo("failed");
        assertThat(result.path("code").asInt()).isEqualTo(REFUSED);
        assertThat(result.path("address").isNull()).isTrue();
    }

    @Test
    void aNameThatDoesNotResolveIsToldApart() throws Exception {
        // No resolver is asked for a label longer than 63 characters, so this holds without a network too.
        JsonNode result = probe(
                AMPLE,
                "",
                0,
                "New-AsrTarget -Name 'n' -HostName '" + "n".repeat(64) + ".invalid' -Port 443 -Tls $true -Http ''");
        assertThat(result.path("outcome").asString()).isEqualTo("failed");
        assertThat(result.path("code").asInt()).isEqualTo(NO_SUCH_NAME);
    }

    @Test
    void whatDropsConnectionsTimesOutAndAllWaitTogether() throws Exception {
        int dropping = dropping();
        int closed = ClosedPort.number();
        int open = serve(socket -> socket.getInputStream().read());
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            targets.append(target(PLAIN, dropping)).append(';');
        }
        targets.append(target(PLAIN, closed)).append(';').append(target(PLAIN, open));
        JsonNode answer = probes(SHORT, "", 0, targets.toString());
        assertThat(answer.path("millis").asLong()).isBetween((long) SHORT - 50, (long) MANY * SHORT);
        JsonNode results = answer.path("results");
        assertThat(results.size()).isEqualTo(MANY + 2);
        for (int i = 0; i < MANY; i++) {
            assertThat(results.path(i).path("outcome").asString()).isEqualTo("timed-out");
            assertThat(results.path(i).path("code").asInt()).isEqualTo(TIMED_OUT);
        }
        assertThat(results.path(MANY).path("code").asInt()).isEqualTo(REFUSED);
        assertThat(results.path(MANY + 1).path("outcome").asString()).isEqualTo("connected");
    }

    @Test
    void aSelfSignedCertificateIsLookedAtAndNotTrusted() throws Exception {
        JsonNode result = probe(AMPLE, "", 0, target(TLS, serve(tls(socket -> {}))));
        assertThat(result.path("outcome").asString()).isEqualTo("connected");
        assertThat(result.path("stage").asString()).isEqualTo("done");
        assertThat(result.path("httpStatus").isNull()).isTrue();
        JsonNode tls = result.path("tls");
        assertThat(tls.path("ok").asBoolean()).isTrue();
        assertThat(tls.path("protocol").asString()).isEqualTo("Tls12");
        assertThat(tls.path("subject").asString()).isEqualTo("CN=localhost, O=Data port");
        assertThat(tls.path("issuer").asString()).isEqualTo("CN=localhost, O=Data port");
        assertThat(tls.path("problems").asInt()).isEqualTo(4);
        Instant begins = Instant.parse(tls.path("notBefore").asString());
        assertThat(begins).isBetween(Instant.now().minus(Duration.ofDays(1)), Instant.now());
        assertThat(Instant.parse(tls.path("notAfter").asString())).isEqualTo(begins.plus(Duration.ofDays(90)));
    }

    @Test
    void aCertificateOfAnotherNameIsAProblemOfItsOwn() throws Exception {
        int port = serve(tls(socket -> {}));
        JsonNode result = probe(AMPLE, "", 0, target(TLS.replace("localhost", "127.0.0.1"), port));
        assertThat(result.path("tls").path("problems").asInt()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 407, 200})
    void theStatusOfAnHttpAnswerIsTold(int status) throws Exception {
        int port = serve(tls(socket -> {
            assertThat(head(socket)).startsWith("GET / HTTP/1.1\r\nHost: localhost\r\n");
            send(socket, "HTTP/1.1 " + status + " Status\r\nContent-Length: 0\r\n\r\n");
        }));
        JsonNode result = probe(AMPLE, "", 0, target(HTTPS, port));
        assertThat(result.path("httpStatus").asInt()).isEqualTo(status);
        assertThat(result.path("stage").asString()).isEqualTo("done");
        assertThat(result.path("error").isNull()).isTrue();
        assertThat(result.path("code").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'', EndOfStreamException", "220 mail.example ready, InvalidDataException"})
    void aServerThatGivesNoHttpAnswerHasAnErrorAndIsNotDone(String said, String error) throws Exception {
        int port = serve(tls(socket -> {
            head(socket);
            send(socket, said);
        }));
        JsonNode result = probe(AMPLE, "", 0, target(HTTPS, port));
        assertThat(result.path("tls").path("ok").asBoolean()).isTrue();
        assertThat(result.path("stage").asString()).isEqualTo("http");
        assertThat(result.path("httpStatus").isNull()).isTrue();
        assertThat(result.path("error").asString()).isEqualTo(error);
    }

    @Test
    void aServerThatFallsSilentAfterTlsTimesOut() throws Exception {
        int port = serve(tls(socket -> {
            head(socket);
            awaitEnd(socket);
        }));
        JsonNode answer = probes(SHORT, "", 0, target(HTTPS, port));
        JsonNode result = answer.path("results").path(0);
        assertThat(result.path("stage").asString()).isEqualTo("http");
        assertThat(result.path("code").asInt()).isEqualTo(TIMED_OUT);
        assertThat(result.path("error").asString()).isEqualTo("SocketException");
        assertThat(answer.path("millis").asLong()).isLessThan(AMPLE);
    }

    @Test
    void anAnswerThatTricklesInEndsWithTheLimit() throws Exception {
        int port = serve(tls(socket -> {
            head(socket);
            socket.setSoTimeout(SHORT / 5);
            while (true) {
                send(socket, "x");
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    continue;
                }
            }
        }));
        JsonNode answer = probes(SHORT, "", 0, target(HTTPS, port));
        JsonNode result = answer.path("results").path(0);
        assertThat(result.path("stage").asString()).isEqualTo("http");
        assertThat(result.path("code").asInt()).isEqualTo(TIMED_OUT);
        assertThat(answer.path("millis").asLong()).isLessThan(AMPLE);
    }

    @Test
    void aListenerThatNeverAnswersTlsTimesOut() throws Exception {
        JsonNode answer = probes(SHORT, "", 0, target(TLS, serve(ConnectionProbeTest::awaitEnd)));
        JsonNode result = answer.path("results").path(0);
        assertThat(result.path("outcome").asString()).isEqualTo("connected");
        assertThat(result.path("stage").asString()).isEqualTo("tls");
        assertThat(result.path("code").asInt()).isEqualTo(TIMED_OUT);
        assertThat(result.path("error").asString()).isEqualTo("SocketException");
        assertThat(result.path("tls").isNull()).isTrue();
        assertThat(answer.path("millis").asLong()).isBetween(3L * SHORT, (long) AMPLE);
    }

    @Test
    void aListenerThatClosesInsteadOfTlsFailsAtOnce() throws Exception {
        JsonNode result = probe(AMPLE, "", 0, target(TLS, serve(socket -> {
            socket.getInputStream().read();
            socket.getInputStream().skip(socket.getInputStream().available());
        })));
        assertThat(result.path("outcome").asString()).isEqualTo("connected");
        assertThat(result.path("stage").asString()).isEqualTo("tls");
        assertThat(result.path("error").asString()).isEqualTo("IOException");
        assertThat(result.path("code").asInt()).isEqualTo(-1);
    }

    @Test
    void aListenerThatSpeaksSomethingElseThanTlsIsToldApart() throws Exception {
        JsonNode result =
                probe(AMPLE, "", 0, target(TLS, serve(socket -> send(socket, "SSH-2.0-OpenSSH_9.0\r\n".repeat(4)))));
        assertThat(result.path("stage").asString()).isEqualTo("tls");
        assertThat(result.path("error").asString()).isNotEmpty();
        assertThat(result.path("tls").isNull()).isTrue();
    }

    @Test
    void aConnectionThatIsResetHasItsNumber() throws Exception {
        JsonNode result = probe(AMPLE, "", 0, target(TLS, serve(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        })));
        assertThat(result.path("stage").asString()).isEqualTo("tls");
        assertThat(result.path("error").asString()).isEqualTo("SocketException");
        assertThat(result.path("code").asInt()).isEqualTo(10054);
    }

    @Test
    void oneThatHangsTakesNoTimeFromTheOthers() throws Exception {
        int silent = serve(ConnectionProbeTest::awaitEnd);
        int answering = serve(tls(socket -> {
            head(socket);
            send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
        }));
        int mute = serve(tls(ConnectionProbeTest::awaitEnd));
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < MANY / 2; i++) {
            targets.append(target(TLS, silent)).append(';');
            targets.append(target(HTTPS, mute)).append(';');
        }
        targets.append(target(HTTPS, answering));
        JsonNode answer = probes(SHORT, "", 0, targets.toString());
        assertThat(answer.path("millis").asLong()).isLessThan((long) MANY * SHORT);
        JsonNode results = answer.path("results");
        for (int i = 0; i < MANY; i++) {
            assertThat(results.path(i).path("outcome").asString()).isEqualTo("connected");
            assertThat(results.path(i).path("stage").asString()).isEqualTo(i % 2 == 0 ? "tls" : "http");
            assertThat(results.path(i).path("code").asInt()).isEqualTo(TIMED_OUT);
            assertThat(results.path(i).path("error").asString()).isEqualTo("SocketException");
        }
        assertThat(results.path(MANY).path("httpStatus").asInt()).isEqualTo(400);
        assertThat(results.path(MANY).path("error").isNull()).isTrue();
    }

    @Test
    void whatAProxyCannotReachTakesNoTimeFromTheOthers() throws Exception {
        int proxy = serve(socket -> {
            String asked = head(socket);
            if (asked.startsWith("CONNECT localhost:1 ")) {
                awaitEnd(socket);
            }
            send(socket, "HTTP/1.1 200 OK\r\n\r\n");
            tls(inside -> {}).with(socket);
        });
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            targets.append(target(TLS, 1)).append(';');
        }
        targets.append(target(TLS, 443));
        JsonNode answer = probes(SHORT, "127.0.0.1", proxy, targets.toString());
        assertThat(answer.path("millis").asLong()).isLessThan((long) MANY * SHORT);
        for (int i = 0; i < MANY; i++) {
            JsonNode result = answer.path("results").path(i);
            assertThat(result.path("stage").asString()).isEqualTo("proxy");
            assertThat(result.path("code").asInt()).isEqualTo(TIMED_OUT);
        }
        assertThat(answer.path("results").path(MANY).path("stage").asString()).isEqualTo("done");
    }

    @Test
    void aProxyThatSays200IsSpokenThrough() throws Exception {
        int proxy = serve(socket -> {
            assertThat(head(socket)).startsWith("CONNECT localhost:9443 HTTP/1.1\r\nHost: localhost:9443\r\n");
            send(socket, "HTTP/1.0 200 Connection established\r\nVia: proxy\r\n\r\n");
            tls(inside -> {
                        head(inside);
                        send(inside, "HTTP/1.1 400 Bad Request\r\n\r\n");
                    })
                    .with(socket);
        });
        JsonNode result = probe(AMPLE, "127.0.0.1", proxy, target(HTTPS, 9443));
        assertThat(result.path("proxyStatus").asInt()).isEqualTo(200);
        assertThat(result.path("tls").path("subject").asString()).isEqualTo("CN=localhost, O=Data port");
        assertThat(result.path("httpStatus").asInt()).isEqualTo(400);
        assertThat(result.path("stage").asString()).isEqualTo("done");
        assertThat(result.path("port").asInt()).isEqualTo(9443);
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 503})
    void aProxyThatRefusesIsTheEndOfIt(int status) throws Exception {
        int proxy = serve(socket -> {
            head(socket);
            send(socket, "HTTP/1.1 " + status + " No\r\nProxy-Authenticate: NTLM\r\n\r\n<html>no</html>");
        });
        JsonNode result = probe(AMPLE, "127.0.0.1", proxy, target(TLS, 443));
        assertThat(result.path("outcome").asString()).isEqualTo("connected");
        assertThat(result.path("stage").asString()).isEqualTo("proxy");
        assertThat(result.path("proxyStatus").asInt()).isEqualTo(status);
        assertThat(result.path("tls").isNull()).isTrue();
        assertThat(result.path("error").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.0\r\n", "\r\n\r\n", "HTTP/1.1 OK\r\n\r\n"})
    void aProxyThatClosesWithoutAStatusHasNone(String said) throws Exception {
        int proxy = serve(socket -> {
            head(socket);
            send(socket, said);
        });
        JsonNode result = probe(AMPLE, "127.0.0.1", proxy, target(TLS, 443));
        assertThat(result.path("stage").asString()).isEqualTo("proxy");
        assertThat(result.path("proxyStatus").isNull()).isTrue();
        assertThat(result.path("tls").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "220 ready\r\n"})
    void aProxyThatFallsSilentTimesOut(String said) throws Exception {
        int proxy = serve(socket -> {
            head(socket);
            send(socket, said);
            awaitEnd(socket);
        });
        JsonNode result = probe(SHORT, "127.0.0.1", proxy, target(TLS, 443));
        assertThat(result.path("stage").asString()).isEqualTo("proxy");
        assertThat(result.path("proxyStatus").isNull()).isTrue();
        assertThat(result.path("code").asInt()).isEqualTo(TIMED_OUT);
        assertThat(result.path("error").asString()).isEqualTo("SocketException");
    }

    @Test
    void aProxyThatIsNotThereFailsEveryTargetBehindItAndNoOther() throws Exception {
        int open = serve(socket -> socket.getInputStream().read());
        JsonNode results = probes(
                        AMPLE, "127.0.0.1", ClosedPort.number(), target(TLS, open) + ";" + target(PLAIN, open))
                .path("results");
        assertThat(results.path(0).path("outcome").asString()).isEqualTo("failed");
        assertThat(results.path(0).path("code").asInt()).isEqualTo(REFUSED);
        assertThat(results.path(1).path("outcome").asString()).isEqualTo("connected");
    }

    @Test
    void noTargetsAreNoResults() throws Exception {
        assertThat(probes(AMPLE, "", 0, "").path("results")).isEmpty();
    }

    private JsonNode probe(int limitMillis, String proxyHost, int proxyPort, String target) throws Exception {
        return probes(limitMillis, proxyHost, proxyPort, target).path("results").path(0);
    }

    private JsonNode probes(int limitMillis, String proxyHost, int proxyPort, String targets) throws Exception {
        return shell.ask(String.format(
                Locale.ROOT,
                "$asrWatch = [System.Diagnostics.Stopwatch]::StartNew();"
                        + " $asrResults = Test-AsrTarget -Targets @(%s) -LimitMillis %d -ProxyHost '%s' -ProxyPort %d;"
                        + " [ordered]@{ results = $asrResults; millis = $asrWatch.ElapsedMilliseconds }",
                targets,
                limitMillis,
                proxyHost,
                proxyPort));
    }

    private static String target(String form, int port) {
        return String.format(Locale.ROOT, form, port);
    }

    /** Listens on every address of this machine, as names may mean any of them. */
    private int serve(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0);
        opened.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    opened.add(socket);
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            conversation.with(socket);
                        } catch (IOException e) {
                            // The prober has hung up, which is its right.
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
        return server.getLocalPort();
    }

    private Conversation tls(Conversation inside) {
        return plain -> {
            try (SSLSocket socket =
                    (SSLSocket) certified.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
                socket.setUseClientMode(false);
                socket.startHandshake();
                inside.with(socket);
            }
        };
    }

    /** The kernel drops what does not fit into a full queue of connections. */
    private int dropping() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        opened.add(server);
        while (true) {
            Socket socket = new Socket();
            opened.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 1000);
            } catch (SocketTimeoutException e) {
                return server.getLocalPort();
            }
        }
    }

    private static String head(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("the prober has hung up");
            }
            head.write(read);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void awaitEnd(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            continue;
        }
    }

    private static SSLContext selfSigned(Path file) throws Exception {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost, O=Data port",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        assertThat(Collections.list(store.aliases())).containsExactly("server");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
