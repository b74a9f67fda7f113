package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.wsman.Account;
import dev.asrdoctor.lab.wsman.Accounts;
import dev.asrdoctor.lab.wsman.CertificateProfile;
import dev.asrdoctor.lab.wsman.EndpointSettings;
import dev.asrdoctor.lab.wsman.HostIdentity;
import dev.asrdoctor.lab.wsman.LabCertificates;
import dev.asrdoctor.lab.wsman.Listening;
import dev.asrdoctor.lab.wsman.LogonRules;
import dev.asrdoctor.lab.wsman.LogonRules.ChannelBindings;
import dev.asrdoctor.lab.wsman.Output;
import dev.asrdoctor.lab.wsman.Scheme;
import dev.asrdoctor.lab.wsman.WinRmEndpoint;
import dev.asrdoctor.remoting.gss.KerberosService;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated server that remembers what it was told to run and answers each command alike. */
final class LabHost implements AutoCloseable {
    static final String USER = "betreuer";
    static final String DOMAIN_USER = "CONTOSO\\asr-reader";
    static final String PASSWORD = "Pässword 1: \"s&<y>\" 100%";

    /** Longer than one Stream element, and cut within characters. */
    static final String STDOUT = "größe 日本 😀 <&> ".repeat(2000) + "Ende";

    static final String STDERR = "Zugriff verweigert: Пароль";
    static final int EXIT_CODE = 3;

    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());

    private final Accounts accounts =
            Accounts.of(Account.local(USER, PASSWORD), new Account("CONTOSO", "asr-reader", PASSWORD));
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final boolean tls;
    private final WinRmEndpoint endpoint;

    private LabHost(boolean tls, LogonRules logon) throws IOException {
        this(tls, logon, new ScriptResult(STDOUT.getBytes(UTF_8), STDERR.getBytes(UTF_8), EXIT_CODE));
    }

    private LabHost(boolean tls, LogonRules logon, ScriptResult answer) throws IOException {
        this.tls = tls;
        EndpointSettings settings = EndpointSettings.of(HostIdentity.named("PS01"), accounts)
                .with(logon)
                .with(Output.DEFAULT.inPieces(4099, 20_000))
                .with(tls ? Listening.https(CERTIFICATES, CertificateProfile.TRUSTED) : Listening.http());
        endpoint = WinRmEndpoint.start(settings, (line, stdin) -> {
            commands.add(line);
            return answer;
        });
    }

    /** Takes sealed messages only, as Windows does by default. */
    static LabHost sealedHttp() throws IOException {
        return new LabHost(false, LogonRules.DEFAULT);
    }

    static LabHost basicHttps() throws IOException {
        return new LabHost(true, new LogonRules(Set.of(Scheme.BASIC), false, ChannelBindings.NONE));
    }

    /** Takes every command without a word. */
    static LabHost silentBasicHttps() throws IOException {
        return new LabHost(
                true,
                new LogonRules(Set.of(Scheme.BASIC), false, ChannelBindings.NONE),
                new ScriptResult(new byte[0], new byte[0], 0));
    }

    /** NTLM within TLS, for clients that neither seal nor bind. */
    static LabHost ntlmHttps() throws IOException {
        return new LabHost(true, new LogonRules(Set.of(Scheme.NEGOTIATE), false, ChannelBindings.NONE));
    }

    /** Lets in nobody whose logon is not bound to this TLS connection (CbtHardeningLevel Strict). */
    static LabHost boundNtlmHttps() throws IOException {
        return new LabHost(true, new LogonRules(Set.of(Scheme.NEGOTIATE), false, ChannelBindings.STRICT));
    }

    /** Takes tickets for the service, over TLS. */
    static LabHost kerberosHttps(KerberosService service) throws IOException {
        return new LabHost(
                true, new LogonRules(Set.of(Scheme.NEGOTIATE), false, ChannelBindings.RELAXED).with(service));
    }

    String scheme() {
        return tls ? "https" : "http";
    }

    int port() {
        return endpoint.port();
    }

    String url() {
        return scheme() + "://127.0.0.1:" + port() + "/wsman";
    }

    /** Command lines, in order. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    int openShells() {
        return endpoint.openShells();
    }

    long logonFailures() {
        return endpoint.logonFailures();
    }

    /** Failures since the last success. */
    int failuresOf(String user) {
        return accounts.failures(user);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
