package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.connect.ConnectionDoctor;
import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.connect.Examination.Step;
import dev.asrdoctor.connect.Examination.Verdict;
import dev.asrdoctor.connect.Examination.Where;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.probe.ShellReader;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.gss.KerberosService;
import dev.asrdoctor.remoting.wsman.WsmanRemoting;
import dev.asrdoctor.remoting.wsman.WsmanSettings;
import dev.asrdoctor.remoting.wsman.WsmanSurveyor;
import dev.asrdoctor.testing.InJvmKdc;
import dev.asrdoctor.testing.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} tells of a server that the inventory says to log on to with Kerberos. */
class KerberosDoctorTest {
    private static final String PASSWORD = "Secret 1";

    /** No PowerShell: what is asked here ends before it. */
    private static final CommandRunner NO_POWERSHELL =
            (line, stdin) -> new ScriptResult(new byte[0], "no powershell".getBytes(UTF_8), 1);

    /** With a local account of the same name, so that NTLM works too. */
    private static final EndpointSettings HOST =
            EndpointSettings.of(HostIdentity.named("PS01"), Accounts.of(Account.local("asr-reader", PASSWORD)));

    @TempDir
    private Path folder;

    @AutoClose
    private InJvmKdc kdc;

    @BeforeEach
    void startKdc() throws Exception {
        kdc = InJvmKdc.start(folder);
        kdc.user("asr-reader", PASSWORD);
    }

    @Test
    void namesKerberosWhereTheAccountIsAccepted() throws Exception {
        Result logon = logon("kerberos", "host", PASSWORD, true);
        assertThat(logon.verdict()).isEqualTo(Verdict.OK);
        assertThat(logon.told()).isEqualTo("the account is accepted (Kerberos, messages encrypted)");
    }

    @Test
    void namesTheSchemeOfAListThatWorked() throws Exception {
        Result logon = logon("negotiate", "host", PASSWORD, true);
        assertThat(logon.verdict()).isEqualTo(Verdict.OK);
        assertThat(logon.told()).isEqualTo("the account is accepted (Kerberos, messages encrypted)");
    }

    @Test
    void warnsOfKerberosThatDoesNotWorkThoughNtlmDoes() throws Exception {
        Result logon = logon("negotiate", "WSMAN", PASSWORD, true);
        assertThat(logon.verdict()).isEqualTo(Verdict.WARN);
        assertThat(logon.kind()).isEqualTo("later-scheme");
        assertThat(logon.told())
                .startsWith(
                        "the account is accepted (NTLM, messages encrypted). Kerberos comes first in the inventory, but: ");
        assertThat(lines(logon, Where.A_DOMAIN_CONTROLLER)).contains("setspn -Q WSMAN/ps01.contoso.local");
    }

    @Test
    void leadsToTheServicePrincipalNameThatTheDomainDoesNotKnow() throws Exception {
        Result logon = logon("kerberos", "WSMAN", PASSWORD, true);
        assertThat(logon.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(logon.kind()).isEqualTo("kerberos-failed");
        assertThat(lines(logon, Where.A_DOMAIN_CONTROLLER)).contains("setspn -Q WSMAN/ps01.contoso.local");
    }

    @Test
    void leadsToTheAccountWhosePasswordIsWrong() throws Exception {
        Result logon = logon("kerberos", "host", "Secret 2", true);
        assertThat(logon.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(logon.told()).contains("the password is wrong").doesNotContain("Secret");
        assertThat(lines(logon, Where.A_DOMAIN_CONTROLLER))
                .contains("Get-ADUser asr-reader -Properties PasswordLastSet, LastBadPasswordAttempt, LockedOut");
    }

    @Test
    void leadsToTheDomainControllerThatDoesNotAnswer() throws Exception {
        String address = kdc.addresses().getFirst();
        Result logon = logon("kerberos", "host", PASSWORD, false);
        assertThat(logon.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(lines(logon, Where.THIS_MACHINE))
                .contains("Test-NetConnection 127.0.0.1 -Port " + address.substring(address.indexOf(':') + 1));
    }

    private static List<String> lines(Result result, Where where) {
        return result.actions().stream()
                .filter(action -> action.where() == where)
                .map(Action::lines)
                .flatMap(List::stream)
                .toList();
    }

    private Result logon(String authentication, String spn, String password, boolean domainAnswers) throws Exception {
        LogonRules rules = new LogonRules(Set.of(Scheme.NEGOTIATE), false, LogonRules.ChannelBindings.RELAXED)
                .with(KerberosService.of(kdc.keytab("host/ps01.contoso.local")));
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(HOST.with(rules), NO_POWERSHELL);
                Redaction redaction = new Redaction()) {
            Server server = Yaml.inventory(folder, """
                            version: 1
                            servers:
                              ps01:
                                address: 127.0.0.1
                                port: %d
                                transport: http
                                authentication: %s
                                credential: domain
                                kerberos: { realm: "%s", kdc: ["%s"], spn: %s, serviceHost: ps01.contoso.local }
                            credentials:
                              domain: { user: asr-reader, password: { environment: PW } }
                            """.formatted(
                                    endpoint.port(),
                                    authentication,
                                    kdc.realm(),
                                    kdc.addresses().getFirst(),
                                    spn))
                    .servers()
                    .getFirst();
            if (!domainAnswers) {
                kdc.close();
            }
            WsmanSettings settings = WsmanSettings.defaults(new Random(42), InstantSource.system());
            ConnectionDoctor doctor = new ConnectionDoctor(
                    new WsmanSurveyor(settings, List.of()),
                    new WsmanRemoting(settings),
                    new ShellReader(new Random(42)),
                    dev.asrdoctor.connect.Accounts.of(
                            Map.of("domain", Identity.of("asr-reader", password.toCharArray()))),
                    redaction,
                    Duration.ofSeconds(60));
            return doctor.examine(server).steps().get(Step.AUTHENTICATION.ordinal());
        }
    }
}
