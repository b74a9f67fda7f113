package dev.asrdoctor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** winrmcp, which copies a file as many short commands of several shells, is the client; the lab answers. */
@Tag("contract")
class WinrmcpAgainstLabTest {
    private static final Pattern ECHO = Pattern.compile("echo ([A-Za-z0-9+/=]+) >> ");
    private static final int OPERATIONS_PER_SHELL = 3;

    @TempDir
    private Path folder;

    private Path winrmcp = Path.of("");

    @BeforeEach
    void findWinrmcp() {
        winrmcp = Peers.program("winrmcp");
    }

    @Test
    void sendsAFileWholeThroughManyShells() throws Exception {
        byte[] content = new byte[60_000];
        new Random(42).nextBytes(content);
        Path file = Files.write(folder.resolve("file.bin"), content);
        try (LabHost host = LabHost.silentBasicHttps()) {
            PeerProcess.Ended ended = copy(host, LabHost.PASSWORD, file);

            assertThat(ended.exitCode()).as(ended.said()).isZero();
            StringBuilder base64 = new StringBuilder();
            for (String line : host.commands()) {
                Matcher echo = ECHO.matcher(line);
                if (echo.find()) {
                    base64.append(echo.group(1));
                }
            }
            assertThat(Base64.getDecoder().decode(base64.toString())).isEqualTo(content);
            assertThat(host.commands()).hasSizeGreaterThan(OPERATIONS_PER_SHELL);
            assertThat(host.logonFailures()).isZero();
            assertThat(host.openShells()).isZero();
        }
    }

    @Test
    void isRefusedWithAWrongPassword() throws Exception {
        Path file = Files.writeString(folder.resolve("file.txt"), "hi");
        try (LabHost host = LabHost.silentBasicHttps()) {
            PeerProcess.Ended ended = copy(host, LabHost.PASSWORD + "!", file);

            assertThat(ended.exitCode()).as(ended.said()).isNotZero();
            assertThat(ended.said()).contains("401");
            assertThat(host.commands()).isEmpty();
        }
    }

    private PeerProcess.Ended copy(LabHost host, String password, Path file) throws Exception {
        return PeerProcess.run(
                PeerProcess.of(
                        folder,
                        List.of(
                                winrmcp.toString(),
                                "-user",
                                LabHost.USER,
                                "-pass",
                                password,
                                "-addr",
                                "127.0.0.1:" + host.port(),
                                "-https",
                                "-insecure",
                                "-max-ops-per-shell",
                                Integer.toString(OPERATIONS_PER_SHELL),
                                file.toString(),
                                "C:\\Temp\\file.bin")),
                "");
    }
}
