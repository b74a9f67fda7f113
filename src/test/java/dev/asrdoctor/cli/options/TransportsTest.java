package dev.asrdoctor.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands;
import dev.asrdoctor.cli.Commands.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportsTest {
    @TempDir
    Path folder;

    @Test
    void theOwnPowerShellIsNotTakenForAnotherMachine() throws Exception {
        Ended ended = check("{ address: 192.0.2.1, transport: local }");
        assertThat(ended.out())
                .contains("192.0.2.1 is not an address of this machine, so nothing was run")
                .contains("Set 'address: localhost'");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void aProgramThatIsNotThereIsToldWithHowToNameAnother() throws Exception {
        Ended ended = check("{ address: localhost, transport: local }");
        assertThat(ended.out()).contains("/nowhere/pwsh").contains("ASRDOCTOR_POWERSHELL");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void anUnknownTransportIsToldWithItsPlaceAndWhatMayBeMeant() throws Exception {
        Ended ended = check("{ address: localhost, transport: winrm4 }");
        assertThat(ended.err())
                .hasLineCount(1)
                .contains("one.yaml:3:50: 'winrm4' is not one of ")
                .contains("; did you mean 'winrm4j'?");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(2);
    }

    private Ended check(String server) throws Exception {
        Path inventory = Files.writeString(
                folder.resolve("one.yaml"),
                "version: 1\nsettings: { deployment: standalone }\nservers: { ps1: " + server + " }\n");
        return new Commands().with("ASRDOCTOR_POWERSHELL", "/nowhere/pwsh").run("check", "-i", inventory.toString());
    }
}
