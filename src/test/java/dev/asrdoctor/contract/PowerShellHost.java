package dev.asrdoctor.contract;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.wsman.Account;
import dev.asrdoctor.lab.wsman.Accounts;
import dev.asrdoctor.lab.wsman.CertificateProfile;
import dev.asrdoctor.lab.wsman.EndpointSettings;
import dev.asrdoctor.lab.wsman.FaultPlan;
import dev.asrdoctor.lab.wsman.HostIdentity;
import dev.asrdoctor.lab.wsman.LabCertificates;
import dev.asrdoctor.lab.wsman.Listening;
import dev.asrdoctor.lab.wsman.LogonRules;
import dev.asrdoctor.lab.wsman.Output;
import dev.asrdoctor.lab.wsman.WinRmEndpoint;
import dev.asrdoctor.remoting.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** A server of the lab that runs what it is sent in real PowerShell, with the environment of its shell. */
final class PowerShellHost implements AutoCloseable {
    static final String USER = "operator";
    static final String PASSWORD = "Pässword 1: \"s&<y>\" 100%";

    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());
    private static final Pattern COMMAND = Pattern.compile("^powershell\\.exe .*?-Command \"(.*)\"$", Pattern.DOTALL);

    private final Accounts accounts = Accounts.of(Account.local(USER, PASSWORD));
    private final WinRmEndpoint endpoint;
    private final boolean tls;

    PowerShellHost(Path powerShell, FaultPlan faults, boolean tls) throws IOException {
        this.tls = tls;
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), accounts)
                .with(Output.DEFAULT.inPieces(4099, 200_000))
                .with(faults)
                .with(LogonRules.WITH_BASIC)
                .with(tls ? Listening.https(CERTIFICATES, CertificateProfile.SELF_SIGNED) : Listening.http());
        endpoint = WinRmEndpoint.start(settings, new CommandRunner() {
            @Override
            public ScriptResult run(String line, byte[] stdin) throws InterruptedException {
                return run(Map.of(), line, stdin);
            }

            @Override
            public ScriptResult run(Map<String, String> environment, String line, byte[] stdin)
                    throws InterruptedException {
                return powerShell(powerShell, environment, line, stdin);
            }
        });
    }

    private static ScriptResult powerShell(Path program, Map<String, String> environment, String line, byte[] stdin)
            throws InterruptedException {
        Matcher command = COMMAND.matcher(line);
        if (!command.matches() || line.length() > 8191) {
            return Assertions.fail("cmd.exe does not take " + line);
        }
        try {
            Path folder = Files.createTempDirectory("asrdoctor-contract");
            Path in = Files.write(folder.resolve("in"), stdin);
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(),
                            "-NoLogo",
                            "-NoProfile",
                            "-NonInteractive",
                            "-Command",
                            command.group(1))
                    .redirectInput(in.toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                int exitCode = process.waitFor();
                return new ScriptResult(
                        Files.readAllBytes(folder.resolve("out")), Files.readAllBytes(folder.resolve("err")), exitCode);
            } finally {
                PeerProcess.destroy(process);
                for (String name : List.of("in", "out", "err", "")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Endpoint target(Endpoint.Scheme scheme, boolean pinned) throws IOException {
        String fingerprint = CERTIFICATES.fingerprint(
                CertificateProfile.SELF_SIGNED, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        return new Endpoint(
                "127.0.0.1",
                endpoint.port(),
                tls,
                "/wsman",
                scheme,
                false,
                pinned ? List.of(fingerprint) : List.of(),
                null,
                true);
    }

    int openShells() {
        return endpoint.openShells();
    }

    long logonFailures() {
        return endpoint.logonFailures();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
