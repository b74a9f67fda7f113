package dev.asrdoctor.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.ProcessText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside in another encoding is used as it was meant, or not at all. */
class ProcessBoundaryTest {
    private static final String PASSWORD = "p\u00e4ssw\u00f6rd-42";

    @TempDir
    Path folder;

    private record Ended(int code, String out) {}

    @Test
    void anArgumentThatWasDecodedWronglyIsRefused() {
        assertThat(said(true, "check", "m\ufffdller")).contains("argument 2", "is not UTF-8", "LC_ALL=C.UTF-8");
        assertThat(said(false, "check", "m\u00fcller")).contains("argument 2", "outside of ASCII");
        assertThat(said(true, "check", "m\u00fcller")).isEmpty();
        assertThat(said(false, "check", "mueller")).isEmpty();
    }

    private static String said(boolean utf8, String... words) {
        StringWriter err = new StringWriter();
        boolean good = Main.said(words, new ProcessText(utf8), new PrintWriter(err, true));
        assertThat(good).isEqualTo(err.toString().isEmpty());
        return err.toString();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPasswordOfTheEnvironmentIsPresentedAsItIsInAUtf8Locale() throws Exception {
        assertThat(presented("C.UTF-8", PASSWORD.getBytes(UTF_8))).isEqualTo("lab:" + PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8"})
    @EnabledOnOs(OS.LINUX)
    void aPasswordThatTheLocaleWouldChangeIsPresentedToNobody(String locale) throws Exception {
        assertThat(presented(locale, PASSWORD.getBytes(UTF_8))).contains("PW").contains("not presented to anybody");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPasswordInAnotherEncodingIsPresentedToNobody() throws Exception {
        assertThat(presented("C.UTF-8", PASSWORD.getBytes(ISO_8859_1)))
                .contains("is not UTF-8")
                .doesNotContain("rd-42");
    }

    /** What the server was shown, or what asrdoctor said instead. */
    private String presented(String locale, byte[] password) throws Exception {
        var shown = new LinkedBlockingQueue<String>();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> listen(listener, shown));
            Path inventory = Files.writeString(folder.resolve("fleet.yaml"), """
                    version: 1
                    credentials: { lab: { user: lab, password: { environment: PW } } }
                    settings: { credential: lab, transport: http, authentication: basic, allowBasicOverHttp: true, port: %d }
                    servers: { ps: { address: 127.0.0.1 } }
                    """.formatted(listener.getLocalPort()));
            Path octets = Files.write(folder.resolve("password"), password);
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Ended ended = run(
                    Map.of("PATH", "/usr/bin:/bin", "LC_ALL", locale, "LAB", octets.toString()),
                    "sh",
                    "-c",
                    "PW=$(cat \"$LAB\") exec \"$0\" \"$@\"",
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.asrdoctor.cli.Main",
                    "check",
                    "-i",
                    inventory.toString());
            String header = shown.poll();
            if (header == null) {
                assertThat(ended.code()).isEqualTo(2);
                assertThat(ended.out().lines()).hasSize(1);
                return ended.out();
            }
            return new String(Base64.getDecoder().decode(header), UTF_8);
        }
    }

    private static void listen(ServerSocket listener, LinkedBlockingQueue<String> shown) {
        while (true) {
            try (Socket socket = listener.accept()) {
                var in = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), ISO_8859_1));
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.startsWith("Authorization: Basic ")) {
                        shown.add(line.substring("Authorization: Basic ".length()));
                    }
                }
                socket.getOutputStream().write("HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            } catch (IOException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "de_DE.UTF-8", "de_DE", "ja_JP.eucJP", "C.UTF-8"})
    @EnabledOnOs(OS.LINUX)
    void theLauncherStartsJavaInAUtf8Locale(String locale) throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21.0.1\"\nJAVA_RUNTIME_VERSION=\"21.0.1+1\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nlocale charmap\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Path launcher =
                Files.copy(Path.of(System.getProperty("project.root", "."), "asrdoctor"), folder.resolve("asrdoctor"));
        Map<String, String> environment = locale.isEmpty()
                ? Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", home.toString())
                : Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", home.toString(), "LC_ALL", locale);

        assertThat(run(environment, "sh", launcher.toString(), "check")).isEqualTo(new Ended(0, "UTF-8\n"));
    }

    @ParameterizedTest(name = "[{0}] {1}")
    @CsvSource({"'', true", "-Dproperty=x, true", "-Xmx1g, true", "-Xmn64m, false"})
    @DisabledOnOs(OS.WINDOWS)
    void theLauncherGoesOnWithoutACacheThatTheHeapDoesNotTake(String options, boolean cached) throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\nJAVA_RUNTIME_VERSION=\"25.0.1+1\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), """
                #!/bin/sh
                case "$*" in *-Xmn64m*-XX:AOTCache=*) echo Unable to use AOT cache.; exit 1;; esac
                case "$*" in *-XX:AOTCache=*) echo cached;; *) echo not cached;; esac
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Path launcher =
                Files.copy(Path.of(System.getProperty("project.root", "."), "asrdoctor"), folder.resolve("asrdoctor"));
        Files.writeString(folder.resolve("start-25.0.1_1.aot"), "");
        Map<String, String> environment =
                Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", home.toString(), "ASRDOCTOR_JAVA_OPTS", options);

        assertThat(run(environment, "sh", launcher.toString(), "check"))
                .isEqualTo(new Ended(0, cached ? "cached\n" : "not cached\n"));
    }

    private static Ended run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }
}
