package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.remoting.DescribedFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server can answer in place of what was hoped for, row by row, and what the user of check and of doctor reads: what
 * happened, at which step, the probable cause, the next action, on which machine, and what to type there.
 */
class ErrorTableTest {
    private static final String SHELLS = "as many shells | MaxShellsPerUser";
    private static final String OPERATIONS = "too many operations | MaxConcurrentOperationsPerUser";
    private static final String USERS = "Too many users | MaxConcurrentUsers";
    private static final String LOAD = "limits how much may be asked | wait a minute";
    private static final String LARGE = "larger than the server allows | MaxEnvelopeSizekb";
    private static final String NO_SOAP = "not from WinRM | proxy, portal or other web server";
    private static final String URI = "does not know the shell | Plugin";
    private static final String REMOTE = "Enable-PSRemoting -Force | IPv4Filter";
    private static final String LOOK = "Microsoft-Windows-WinRM/Operational | not encrypted";

    @TempDir
    Path folder;

    /**
     * @param server in the lab, as a scenario writes it
     * @param step of doctor
     * @param told words of the message
     * @param advised words of the advice
     * @param where doctor's first action belongs
     * @param typed words of what doctor says to type
     */
    record Row(String title, String server, String step, String told, String advised, String where, String typed) {
        @Override
        public String toString() {
            return title;
        }
    }

    /** A fault code in the answer to Create. */
    private static Row code(long code, String advised) {
        DescribedFault known = DescribedFault.of(code).orElseThrow();
        return new Row(
                code + " " + known.name(),
                "faults: [{ wire: fault, code: " + code + ", on: create }]",
                "shell",
                known.quota() ? "a WinRM quota is used up | " + known.name() : code + " | " + known.name(),
                advised,
                "the-server",
                known.quota() ? "winrm enumerate winrm/config/shell" : "winrm helpmsg " + code);
    }

    /** A code that says that the shell is no more, in the answer to Receive. */
    private static Row gone(long code) {
        return new Row(
                code + " while the script runs",
                "faults: [{ wire: fault, code: " + code + ", on: receive }]",
                "powershell",
                "the remote shell was gone while running the script",
                "expired, WinRM was restarted, or a quota killed it | did not finish",
                "the-server",
                "Microsoft-Windows-WinRM/Operational");
    }

    private static Row denied(long code) {
        return new Row(
                code + " after a good logon",
                "faults: [{ wire: fault, code: " + code + ", on: create }]",
                "shell",
                "access denied after a good logon",
                "Administrators | Remote Management Users | LocalAccountTokenFilterPolicy=1 | one stolen | domain account"
                        + " | RootSDDL",
                "the-server",
                "net localgroup Administrators | LocalAccountTokenFilterPolicy");
    }

    private static Row status(int status, String step, String told, String advised, String typed) {
        return new Row(
                "HTTP " + status,
                "faults: [{ wire: http-status, status: " + status + " }]",
                step,
                told,
                advised,
                "the-server",
                typed);
    }

    private static Row certificate(String profile, String why, String advised) {
        return new Row(
                "TLS: " + profile,
                "transport: https, certificate: " + profile,
                "tls",
                "not trusted: " + why + " | subject | issuer | valid 20 | SHA-256 ",
                advised + " | fingerprints",
                "the-inventory",
                "tls: { fingerprints: [ | SHA256");
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(code(2150858793L, "too slow | load"));
        rows.add(gone(2150858843L));
        rows.add(code(2150858770L, "firewall | stopped | Test-WSMan | Enable-PSRemoting"));
        rows.add(code(2150859046L, "off | firewall | Public"));
        rows.add(code(2150859193L, "DNS | spelling"));
        rows.add(code(2150859027L, "port and path | /wsman | proxy or IIS"));
        rows.add(code(2150859026L, "starting or overloaded | Restart-Service WinRM"));
        rows.add(code(2150859025L, LARGE));
        for (long code : new long[] {2150858790L, 2150858823L, 2150858824L, 2150858825L}) {
            rows.add(code(code, LARGE));
        }
        for (long code : new long[] {2150858999L, 2150858997L, 2150858998L, 2150858996L}) {
            rows.add(code(code, NO_SOAP));
        }
        for (long code : new long[] {2150859120L, 2150859121L, 2150859123L}) {
            rows.add(code(code, LOOK));
        }
        for (long code : new long[] {2150859173L, 2150859236L, 2150859238L}) {
            rows.add(code(code, SHELLS));
        }
        for (long code : new long[] {2150859174L, 2150859240L, 2150859239L, 2150858815L}) {
            rows.add(code(code, OPERATIONS));
        }
        rows.add(code(2150859179L, USERS));
        rows.add(code(2150859237L, USERS));
        rows.add(code(2150859241L, "as many commands as it may | opens a new one"));
        rows.add(code(2150859175L, LOAD));
        rows.add(code(2150859176L, LOAD));
        rows.add(code(2150859180L, "Allow Remote Shell Access | enable"));
        rows.add(code(2150859229L, REMOTE));
        rows.add(code(2150859235L, REMOTE));
        for (long code : new long[] {2150858752L, 2150858753L, 2150858754L, 2150858811L}) {
            rows.add(code(code, URI));
        }
        rows.add(code(2150858817L, "did not accept the form | report it"));
        rows.add(code(2150858909L, "Security could not be agreed on"));
        rows.add(code(2150858980L, "Windows client's TrustedHosts | this program has none"));
        rows.add(code(2150859194L, "broken off | certificate | TLS 1.2"));
        rows.add(code(2150859019L, "needs a name, not an IP address"));
        rows.add(code(2150859248L, "SPN | setspn -X"));
        rows.add(denied(5));
        rows.add(denied(2147942405L));
        rows.add(gone(995));
        rows.add(gone(1223));
        rows.add(gone(2147943395L));
        rows.add(gone(2147943418L));
        for (long code : new long[] {1326, 2147943726L, 2148074252L}) {
            rows.add(code(code, "Wrong user or password | NTLM is switched off | not tried again"));
        }
        rows.add(code(2147942402L, "powershell.exe | PATH"));
        rows.add(new Row(
                "HTTP 401 that does not offer Negotiate",
                "faults: [{ wire: kerberos-only }]",
                "schemes",
                "does not offer NTLM logons; it offers Kerberos",
                "Choose an authentication | Service\\Auth\\Negotiate $true",
                "the-server",
                "winrm get winrm/config/service/auth | Set-Item WSMan:\\localhost\\Service\\Auth\\Negotiate $true"));
        rows.add(new Row(
                "HTTP 401 after the last message of NTLM",
                "wrongPassword: true",
                "authentication",
                "refuses the logon of LAB\\operator | tried once",
                "wrong user or password | disabled, locked or expired | NTLM is restricted | clocks differ | SPN"
                        + " | LocalAccountTokenFilterPolicy=1 | one stolen | domain account",
                "the-server",
                "net user operator | Get-ADUser operator | LocalAccountTokenFilterPolicy"));
        rows.add(new Row(
                "HTTP 401 after the last message of NTLM over TLS",
                "transport: https, wrongPassword: true",
                "authentication",
                "refuses the logon of LAB\\operator",
                "CbtHardeningLevel is Strict",
                "the-server",
                "CbtHardeningLevel"));
        rows.add(new Row(
                "HTTP 401 where the clocks differ",
                "wrongPassword: true, clockFast: 30m",
                "authentication",
                "refuses the logon",
                "minutes ahead",
                "the-server",
                "w32tm /query /status | w32tm /resync"));
        rows.add(new Row(
                "HTTP 401 to a right password, since the account is locked",
                "faults: [{ wire: logon-refused }]",
                "authentication",
                "refuses the logon",
                "locked",
                "the-server",
                "Get-ADUser operator -Properties LockedOut"));
        rows.add(new Row(
                "Basic that would show the password",
                "transport: http, authentication: basic",
                "authentication",
                "readable over the network, so it was not sent",
                "transport https",
                "the-inventory",
                "authentication: ntlm"));
        rows.add(status(
                403,
                "http",
                "access forbidden (HTTP 403",
                "proxy | IPv4Filter | client certificate",
                "winrm get winrm/config/service"));
        rows.add(status(
                404, "http", "no WinRM at the path /wsman (HTTP 404)", "another web server | /wsman", "listener"));
        rows.add(status(
                405, "http", "no WinRM at the path /wsman (HTTP 405)", "another web server | /wsman", "listener"));
        rows.add(status(413, "http", "413", LARGE, "winrm helpmsg 2150859025"));
        rows.add(status(
                503,
                "http",
                "not available now (HTTP 503)",
                "starting, stopping or overloaded | Restart-Service WinRM",
                "Restart-Service WinRM"));
        rows.add(new Row(
                "HTTP 302",
                "faults: [{ wire: http-status, status: 302 }]",
                "http",
                "the request is sent elsewhere: HTTP 302",
                "follows nobody elsewhere | transport, port and path",
                "the-inventory",
                "listener"));
        rows.add(status(
                429,
                "http",
                "limits how much may be asked: HTTP 429",
                "--concurrency",
                "netsh http show servicestate"));
        rows.add(status(
                502,
                "http",
                "a gateway in between did not reach the server: HTTP 502",
                "proxy or load balancer",
                "netsh"));
        rows.add(new Row(
                "HTTP 500 without a word",
                "faults: [{ wire: http-status, status: 500, on: create }]",
                "shell",
                "failed without an explanation: HTTP 500",
                "Microsoft-Windows-WinRM/Operational | Restart-Service WinRM",
                "the-server",
                "Microsoft-Windows-WinRM/Operational"));
        rows.add(new Row(
                "HTTP 503 in the middle",
                "faults: [{ wire: http-status, status: 503, on: receive }]",
                "powershell",
                "not available now (HTTP 503)",
                "Restart-Service WinRM",
                "the-server",
                "Restart-Service WinRM"));
        rows.add(new Row(
                "a web page",
                "faults: [{ wire: web-page }]",
                "http",
                "not from WinRM: HTTP 200 | text/html",
                "Another web server or a proxy",
                "the-server",
                "netsh http show servicestate"));
        rows.add(new Row(
                "connection refused",
                "unreachable: true",
                "tcp",
                "refuses connections",
                "stopped or listens on another port (5985 HTTP, 5986 HTTPS)",
                "the-server",
                "Get-Service WinRM | Enable-PSRemoting -Force"));
        rows.add(new Row(
                "connection cut",
                "faults: [{ wire: cut, afterBytes: 0, on: receive }]",
                "powershell",
                "the connection was cut while running the script",
                "restarted | network dropped",
                "the-server",
                "Microsoft-Windows-WinRM/Operational"));
        rows.add(new Row(
                "a silent server",
                "faults: [{ wire: silence, on: connect }]",
                "http",
                "while waiting for the first HTTP answer",
                "hangs",
                "the-server",
                "Restart-Service WinRM"));
        rows.add(certificate("self-signed", "it is self-signed", "caFile"));
        rows.add(certificate("expired", "it has expired", "Renew the certificate"));
        rows.add(certificate("wrong-name", "it is not for the name 127.0.0.1", "a name that the certificate bears"));
        rows.add(new Row(
                "constrained language",
                "machine: { powershell: { languageMode: ConstrainedLanguage } }",
                "language-mode",
                "constrained language mode for this account",
                "AppLocker or Windows Defender Application Control",
                "the-server",
                "Get-AppLockerPolicy"));
        rows.add(new Row(
                "no answer of the script",
                "faults: [{ wire: replaced }]",
                "powershell",
                "without an answer: This system is for authorised use only.",
                "antivirus | policy",
                "the-server",
                "$PSVersionTable"));
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void checkAndDoctorSayWhatHappenedWhereWhyAndWhatToDo(Row row) throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { " + row.server() + " }")) {
            Ended check = told(row, ErrorTableTest::finding, "title", deadline -> run(lab, "check", deadline));
            assertThat(check.code()).isEqualTo(3);
            JsonNode finding = finding(check);
            assertThat(finding.path("check").asString()).isEqualTo("reachable");
            assertThat(finding.path("title").asString()).contains(row.told().split(" \\| "));
            assertThat(finding.path("nextAction").asString())
                    .contains(row.advised().split(" \\| "));

            Function<Ended, JsonNode> step = ended -> DoctorCommandTest.step(DoctorCommandTest.json(ended), row.step());
            Ended doctor = told(row, step, "told", deadline -> run(lab, "doctor", "ps", deadline));
            assertThat(doctor.code()).isEqualTo(3);
            JsonNode failed = step.apply(doctor);
            assertThat(failed.path("verdict").asString()).as(doctor.out()).isEqualTo("fail");
            assertThat(failed.path("told").asString()).contains(row.told().split(" \\| "));
            JsonNode first = failed.at("/actions/0");
            assertThat(first.path("where").asString()).isEqualTo(row.where());
            assertThat(first.path("what").asString()).contains(row.advised().split(" \\| "));
            String typed = failed.path("actions")
                    .valueStream()
                    .flatMap(action -> action.path("lines").valueStream())
                    .map(JsonNode::asString)
                    .collect(Collectors.joining("\n"));
            assertThat(typed).contains(row.typed().split(" \\| "));
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    /** What may pass is asked for until the deadline, so it is short, and longer where a busy machine does not come so far. */
    private static Ended told(Row row, Function<Ended, JsonNode> where, String field, Function<String, Ended> run) {
        for (String deadline : List.of("--deadline=4s", "--deadline=16s")) {
            Ended ended = run.apply(deadline);
            String told = where.apply(ended).path(field).asString("");
            if (Stream.of(row.told().split(" \\| ")).allMatch(told::contains)) {
                return ended;
            }
        }
        return run.apply("--deadline=60s");
    }

    private static JsonNode finding(Ended check) {
        return new JsonMapper().readTree(check.out()).at("/servers/0/findings/0");
    }

    @Test
    void everyCodeThatIsDescribedHasARow() {
        Set<Long> described =
                DescribedFault.all().stream().map(DescribedFault::code).collect(Collectors.toCollection(TreeSet::new));
        described.removeIf(code -> rows().anyMatch(row -> row.server().contains("code: " + code + ",")));
        assertThat(described).isEmpty();
    }

    private static Ended run(LabFixture lab, String command, String... more) {
        return new Commands()
                .run(Stream.concat(Stream.of(command, "-i", lab.inventory().toString(), "-o", "json"), Stream.of(more))
                        .toArray(String[]::new));
    }
}
