package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.testing.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** A running ntlm_acceptor.py. It ends by itself when this Java ends. */
final class GssNtlmsspHost implements AutoCloseable {
    private static final int AMPLE_SECONDS = 30;

    private final Process process;
    private final BufferedReader stdout;
    private final Path journal;
    private final int port;

    /** @param users lines of {@code DOMAIN:user:password} */
    static GssNtlmsspHost start(Path folder, List<String> users) throws IOException, InterruptedException {
        Path python = Peers.pythonThat(
                "import gssapi; assert gssapi.OID.from_int_seq('1.3.6.1.4.1.311.2.2.10') in gssapi.raw.indicate_mechs()",
                "python3-gssapi, gss-ntlmssp");
        return new GssNtlmsspHost(python, folder, users);
    }

    private GssNtlmsspHost(Path python, Path folder, List<String> users) throws IOException, InterruptedException {
        journal = Files.createTempFile(folder, "journal", null);
        Path accounts = Files.write(Files.createTempFile(folder, "users", null), users, UTF_8);
        String script = Peers.project("src/test/contract/ntlm_acceptor.py").toString();
        ProcessBuilder builder = PeerProcess.of(folder, List.of(python.toString(), script));
        builder.environment().put("NTLM_USER_FILE", accounts.toString());
        builder.environment().put("NETBIOS_COMPUTER_NAME", "PS01");
        builder.environment().put("NETBIOS_DOMAIN_NAME", "CONTOSO");
        process = builder.redirectError(journal.toFile()).start();
        stdout = process.inputReader(UTF_8);
        port = announcedPort();
    }

    private int announcedPort() throws IOException, InterruptedException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                line.complete(String.valueOf(stdout.readLine()));
            } catch (IOException e) {
                line.completeExceptionally(new UncheckedIOException(e));
            }
        });
        try {
            return Integer.parseInt(line.get(AMPLE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            close();
            return Assertions.fail("ntlm_acceptor.py does not start: " + Files.readString(journal), e);
        }
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port, false, "/wsman", Endpoint.Scheme.NTLM, false, List.of(), null, true);
    }

    /** What happened to it so far, in order: {@code accepted NAME}, {@code refused REASON}, {@code action NAME}. */
    List<String> journal() throws IOException {
        return Files.readAllLines(journal);
    }

    List<String> journal(String kind) throws IOException {
        String start = kind + " ";
        return journal().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        PeerProcess.destroy(process);
        stdout.close();
    }
}
