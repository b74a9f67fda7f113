package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A running ntlm_acceptor.py. */
final class GssNtlmsspHost implements AutoCloseable {
    private final PythonAcceptor acceptor;

    /** @param users lines of {@code DOMAIN:user:password} */
    static GssNtlmsspHost start(Path folder, List<String> users) throws IOException, InterruptedException {
        Path python = Peers.pythonThat(
                "import gssapi; assert gssapi.OID.from_int_seq('1.3.6.1.4.1.311.2.2.10') in gssapi.raw.indicate_mechs()",
                "python3-gssapi, gss-ntlmssp");
        return new GssNtlmsspHost(python, folder, users);
    }

    private GssNtlmsspHost(Path python, Path folder, List<String> users) throws IOException, InterruptedException {
        Path accounts = Files.write(Files.createTempFile(folder, "users", null), users, UTF_8);
        acceptor = new PythonAcceptor(
                python,
                folder,
                "ntlm_acceptor.py",
                List.of(),
                Map.of(
                        "NTLM_USER_FILE", accounts.toString(),
                        "NETBIOS_COMPUTER_NAME", "PS01",
                        "NETBIOS_DOMAIN_NAME", "CONTOSO"));
    }

    Endpoint endpoint() {
        return new Endpoint(
                "127.0.0.1", acceptor.port(), false, "/wsman", Endpoint.Scheme.NTLM, false, List.of(), null, true);
    }

    /** What happened to it so far, in order: {@code accepted NAME}, {@code refused REASON}, {@code action NAME}. */
    List<String> journal() throws IOException {
        return acceptor.journal();
    }

    List<String> journal(String kind) throws IOException {
        return acceptor.journal(kind);
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
    }
}
