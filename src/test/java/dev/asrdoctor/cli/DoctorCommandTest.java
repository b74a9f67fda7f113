package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatConnectsShowsEveryStepAsGood() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https, os: '2019' }")) {
            Ended ended = doctor(lab, "ps");
            System.out.println(ended);
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).doesNotContain("FAIL", "WARN").contains("1 of 1 server connects");
        }
    }
    @Test
    void x() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, """
 a: { transport: https, certificate: self-signed }
 b: { wrongPassword: true }
 c: { unreachable: true }
 d: { machine: { powershell: {languageMode: ConstrainedLanguage} }, clockOffset: -7m }
 e: { machine: { registry: { 'WSMan:\\localhost\\Shell': {MaxMemoryPerShellMB: 150}, 'Registry::HKEY_USERS\\S-1-5-19\\Environment': denied } } }
""")) {
            System.out.println(doctor(lab, "a").out());
            System.out.println(doctor(lab, "b").out());
            System.out.println(doctor(lab, "c").out());
            System.out.println(doctor(lab, "d").out());
            System.out.println(doctor(lab, "e").out());
            System.out.println(doctor(lab, "e", "-o", "json").out());
        }
    }

    private static Ended doctor(LabFixture lab, String... more) {
        String[] args = Stream.concat(
                        Stream.of("doctor", "-i", lab.inventory().toString()), Stream.of(more))
                .toArray(String[]::new);
        return new Commands().run(args);
    }
}
