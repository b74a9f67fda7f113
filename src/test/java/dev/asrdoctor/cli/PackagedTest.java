package dev.asrdoctor.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
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
    private static final String LAB = "asrdoctor-lab.jar";

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
                .noneMatch(name -> name.matches("(winrm4j|cxf|jPowerShell|jax|http|bc).*"))
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
        for (String folder : List.of("lib", "lab", "transports/winrm4j", "transports/local")) {
            assertThat(names(APP.resolve(folder)))
                    .isNotEmpty()
                    .filteredOn(jar -> !jar.equals(LAB))
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

    @Test
    void theLabAndItsLibrariesLieApart() throws Exception {
        JavaClasses program = new ClassFileImporter().importJar(new JarFile(PROGRAM.toFile()));
        assertThat(program).hasSizeGreaterThan(500);
        noClasses()
                .should()
                .resideInAnyPackage("dev.asrdoctor.lab..", "dev.asrdoctor.cli.lab")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.asrdoctor.lab..", "dev.asrdoctor.cli.lab", "org.bouncycastle..")
                .check(program);
        assertThat(names(APP.resolve("lab")))
                .contains(LAB)
                .filteredOn(name -> !name.equals(LAB))
                .hasSize(3)
                .allMatch(name -> name.matches("bc(pkix|prov|util)-.*"));
        assertThat(files(APP.resolve("lab").resolve(LAB)))
                .contains("dev/asrdoctor/lab/Lab.class", "lab/worker.ps1", "META-INF/NOTICE")
                .filteredOn(name -> !name.startsWith("META-INF/"))
                .doesNotContainAnyElementsOf(files(PROGRAM));
    }

    @Test
    void whatIsNotTheLabsRunsWithoutIt() throws Exception {
        Path alone = withoutLab();
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}\nps-2: { transport: https }")) {
            Ended ended = java(alone, "check", "-i", lab.inventory().toString());
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).contains("2 servers: 2 healthy");
            assertThat(ended.code()).isZero();
        }
        assertThat(java(alone, "--help").out()).contains("demo", "crash-test");
    }

    @Test
    void theLabsCommandsSayWhatIsMissingWhereItIsNotThere() throws Exception {
        Path alone = withoutLab();
        List<String[]> commands = List.of(
                new String[] {"demo", "--remediate"},
                new String[] {"lab", "--list"},
                new String[] {"bench"},
                new String[] {"crash-test", "--times", "3"});
        for (String[] command : commands) {
            Ended ended = java(alone, command);
            assertThat(ended.err().strip())
                    .isEqualTo("asrdoctor: '" + command[0] + "' needs the lab, which is not in "
                            + alone.resolveSibling("lab")
                            + "; 'mvn package' puts it there, and docs/lab.md says what belongs to it");
            assertThat(ended.out()).isEmpty();
            assertThat(ended.code()).isEqualTo(2);
        }
        Files.createDirectory(alone.resolveSibling("lab"));
        Files.copy(APP.resolve("lab").resolve(LAB), alone.resolveSibling("lab").resolve(LAB));
        assertThat(java(alone, "demo").err())
                .as("without its libraries")
                .startsWith("asrdoctor: 'demo' needs the lab")
                .hasLineCount(1);
    }

    @Test
    void theLabIsLoadedFromItsFolder() throws Exception {
        assertThat(java(PROGRAM, "lab", "--list").out()).contains("wire-faults");
        Ended demo = java(PROGRAM, "demo");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).startsWith("12 simulated servers are up");
        Ended bench = java(PROGRAM, "bench", "--servers", "2", "--remote-time", "0s", "--rounds", "1");
        assertThat(bench.err()).isEmpty();
        assertThat(bench.code()).isZero();
    }

    private Path withoutLab() throws IOException {
        Path alone = Files.createDirectories(folder.resolve("alone"));
        Path lib = Files.createDirectory(alone.resolve("lib"));
        for (String name : names(APP.resolve("lib"))) {
            Files.copy(APP.resolve("lib").resolve(name), lib.resolve(name));
        }
        return Files.copy(PROGRAM, alone.resolve("asrdoctor.jar"));
    }

    private static List<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
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
        Map<String, String> variables = new HashMap<>(Map.of("ASRDOCTOR_TRANSPORTS", transports.toString()));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return java(variables, PROGRAM, "check", "-i", inventory.toString());
    }

    private Ended java(Path program, String... arguments) throws Exception {
        return java(Map.of(), program, arguments);
    }

    private Ended java(Map<String, String> variables, Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", program.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(variables);
        int code = builder.start().waitFor();
        return new Ended(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
