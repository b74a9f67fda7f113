package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WindowsLauncherTest {
    /** Programs that are no commands of cmd.exe itself, called by their bare names. */
    private static final Pattern BARE =
            Pattern.compile("(^|[ ('|&@])(where|findstr|mvn|java|powershell|tasklist)(\\.exe|\\.cmd)? ");

    /** cmd.exe looks in the current folder before PATH, and where.exe does too unless it is told where to look. */
    @Test
    void noProgramIsTakenFromTheCurrentFolder() throws Exception {
        List<String> lines = Files.readAllLines(Peers.project("asrdoctor.cmd")).stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("rem ") && !line.startsWith("echo "))
                .toList();

        assertThat(lines).noneMatch(line -> BARE.matcher(line).find());
        assertThat(lines)
                .filteredOn(line -> line.contains("where.exe"))
                .isNotEmpty()
                .allMatch(line -> line.contains("%SYSTEM%\\where.exe $PATH:"));
        assertThat(lines.indexOf("set \"NoDefaultCurrentDirectoryInExePath=1\""))
                .isBetween(0, 5);
        assertThat(lines).contains("set \"SYSTEM=%SystemRoot%\\System32\"");
    }
}
