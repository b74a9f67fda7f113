package dev.asrdoctor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of the shipped PowerShell, run in real PowerShell with something of a test behind them. */
public final class ShippedScripts {
    private ShippedScripts() {}

    /**
     * What it writes, without blanks around it.
     *
     * @param folder for the script
     * @param parts such as {@code lib/services}
     */
    public static String run(Path folder, String behind, String... parts) throws Exception {
        StringBuilder script = new StringBuilder();
        for (String part : parts) {
            script.append(Files.readString(Peers.project("ps-scripts/" + part + ".ps1")));
        }
        Path file = Files.writeString(folder.resolve("parts.ps1"), script.append(behind));
        Process run = new ProcessBuilder(
                        Peers.powerShell().toString(), "-NoProfile", "-NonInteractive", "-File", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(run.waitFor()).isZero();
        return out.strip();
    }
}
