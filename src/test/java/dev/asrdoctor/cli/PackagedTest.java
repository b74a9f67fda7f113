package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as {@code mvn package} leaves it; surefire runs this after that phase. */
@Tag("packaged")
class PackagedTest {
    private static final Path APP = Peers.project("target/asrdoctor");
    private static final Path PROGRAM = APP.resolve("asrdoctor.jar");

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void noLibraryOfAnOptionalTransportIsOnTheClassPath() throws Exception {
        List<String> classPath;
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            classPath = List.of(jar.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
        }
        List<String> lib = names(APP.resolve("lib"));
        List<String> winrm4j = names(APP.resolve("transports/winrm4j"));
        List<String> local = names(APP.resolve("transports/local"));
        assertThat(winrm4j)
                .anyMatch(name -> name.startsWith("winrm4j-client-"))
                .anyMatch(name -> name.startsWith("cxf-core-"))
                .noneMatch(name -> name.startsWith("jacorb"))
                .doesNotContainAnyElementsOf(lib);
        assertThat(local).singleElement().asString().startsWith("jPowerShell-");
        assertThat(lib)
                .noneMatch(name -> name.matches("(winrm4j|cxf|jPowerShell|jax|http).*"))
                .containsExactlyInAnyOrderElementsOf(classPath.stream()
                        .map(entry -> entry.replace("lib/", ""))
                        .toList());
    }

    @Test
    void theNoticeInTheProgramNamesEveryLibraryThatIsShipped() throws Exception {
        String notice;
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            notice = new String(
                    jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> named = List.of(notice.split("[\\s,]+"));
        for (String folder : List.of("lib", "transports/winrm4j", "transports/local")) {
            assertThat(names(APP.resolve(folder)))
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(named).contains(jar.replaceFirst("-\\d.*", "")));
        }
    }

    @Test
    void winrm4jIsLoadedFromItsFolder() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { transport: http }\nps-2: { transport: https }")) {
            Ended ended = check(through(lab.inventory(), "winrm4j"), APP.resolve("transports"));
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).contains("2 servers: 2 healthy");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void jPowerShellIsLoadedFromItsFolder() throws Exception {
        Path inventory = inventory("{ address: localhost, transport: local }");
        Ended ended = check(inventory, APP.resolve("transports"), "ASRDOCTOR_POWERSHELL", "/nowhere/pwsh");
        assertThat(ended.out()).contains("/nowhere/pwsh").contains("1 unknown");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void missingLibrariesEndTheRunBeforeItBeginsAndSayWhereTheyComeFrom() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String transport : List.of("winrm4j", "local")) {
            Ended ended = check(inventory("{ address: localhost, transport: " + transport + " }"), empty);
            assertThat(ended.err().strip())
                    .isEqualTo("asrdoctor: transport " + transport + " needs libraries that are not in "
                            + empty.resolve(transport)
                            + "; 'mvn package' puts them there, and docs/transports.md names them");
            assertThat(ended.out()).isEmpty();
            assertThat(ended.code()).isEqualTo(2);
        }
    }

    @Test
    void librariesThatAreNotWholeAreToldAsMissing() throws Exception {
        Path half = Files.createDirectories(folder.resolve("half/winrm4j"));
        for (String name : names(APP.resolve("transports/winrm4j"))) {
            if (name.startsWith("winrm4j-client-")) {
                Files.copy(APP.resolve("transports/winrm4j").resolve(name), half.resolve(name));
            }
        }
        Ended ended = check(inventory("{ address: localhost, transport: winrm4j }"), folder.resolve("half"));
        assertThat(ended.err())
                .startsWith("asrdoctor: transport winrm4j needs libraries that are not in " + half)
                .hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void otherRunsNeedNoneOfTheLibraries() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            Ended ended = check(lab.inventory(), folder.resolve("nowhere"));
            assertThat(ended.out()).contains("1 server: 1 healthy");
            assertThat(ended.code()).isZero();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path through(Path inventory, String transport) throws IOException {
        String text = Files.readString(inventory);
        return Files.writeString(
                inventory.resolveSibling("through.yaml"),
                text.replace("transport: https", "transport: " + transport)
                        .replaceAll("transport: http\\b", "transport: " + transport + "-http"));
    }

    private Path inventory(String server) throws IOException {
        return Files.writeString(folder.resolve("one.yaml"), """
                version: 1
                credentials: { c: { user: operator, password: { command: [echo, secret] } } }
                settings: { credential: c, deployment: standalone }
                servers: { ps1: %s }
                """.formatted(server));
    }

    private Ended check(Path inventory, Path transports, String... environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PROGRAM.toString(),
                "check",
                "-i",
                inventory.toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ASRDOCTOR_TRANSPORTS", transports.toString());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        int code = builder.start().waitFor();
        return new Ended(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
