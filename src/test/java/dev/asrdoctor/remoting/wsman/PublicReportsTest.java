package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.EndpointNotFound;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.ShellGone;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of other WinRM clients have met, by the thread that tells of it. */
class PublicReportsTest {

    /** WinRb/WinRM 57: a server of 2012 says 401 to a Receive that waited for output. */
    @ParameterizedTest
    @ValueSource(strings = {"Command", "Send", "Receive"})
    void aLogonThatIsForgottenInTheMiddleIsMadeAnewAndTheScriptGoesOn(String operation) throws Exception {
        AtomicInteger forgotten = new AtomicInteger();
        try (FakeHost host = new FakeHost(
                Scheme.NTLM,
                (action, envelope) -> action.equals(operation) && forgotten.getAndIncrement() == 0
                        ? FakeHost.Reply.FORGOTTEN
                        : Simulated.reply(action, envelope))) {
            assertThat(Client.run(host.endpoint()).exitCode()).isZero();
            assertThat(host.actions).filteredOn("Create"::equals).hasSize(1);
            assertThat(host.connections).hasValue(2);
        }
    }

    @Test
    void aLogonThatIsForgottenAgainAndAgainIsGivenUp() {
        try (FakeHost host = new FakeHost(
                Scheme.NTLM,
                (action, envelope) ->
                        action.equals("Receive") ? FakeHost.Reply.FORGOTTEN : Simulated.reply(action, envelope))) {
            RemotingFailure failure = Client.failure(host.endpoint());
            assertThat(failure).isEqualTo(new LogonNotKept(Stage.SCRIPT, "NTLM", true));
            assertThat(failure.message()).contains("has forgotten the NTLM logon");
            assertThat(host.actions).filteredOn("Receive"::equals).hasSize(2);
            assertThat(host.actions).contains("Delete");
        }
    }

    /** evil-winrm-py 3: HTTP 400 and nothing more over a connection that was idle for some minutes. */
    @Test
    void anIdleConnectionOnWhichTheServerUnderstandsNothingAnyMoreIsReplaced() throws Exception {
        AtomicInteger creates = new AtomicInteger();
        try (FakeHost host = new FakeHost(
                        Scheme.NTLM,
                        (action, envelope) -> action.equals("Create") && creates.incrementAndGet() == 2
                                ? FakeHost.Reply.EMPTY_400
                                : Simulated.reply(action, envelope));
                Session session = Client.open(host.endpoint())) {
            session.run("1", Deadline.after(Client.AMPLE));
            assertThat(session.run("1", Deadline.after(Client.AMPLE)).exitCode())
                    .isZero();
            assertThat(host.connections).hasValue(2);
        }
    }

    /** ansible-collections/ansible.windows 504: the same in the middle, where nothing tells what was done. */
    @Test
    void anEmpty400InTheMiddleIsARefusalByHttpSys() throws Exception {
        try (StubHost host = StubHost.answering("Send", 1, StubHost.http(400, "", ""))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.BASIC));
            assertThat(failure).isEqualTo(new HttpRefused(Stage.SCRIPT, 400, "Microsoft-HTTPAPI/2.0", ""));
            assertThat(host.operations).contains("Signal", "Delete");
        }
    }

    /** WinRb/WinRM 253 and 261: the shell is gone when it is to be ended. */
    @Test
    void aShellThatIsGoneWhenItIsToBeEndedLosesNothing() throws Exception {
        byte[] gone = StubHost.fault(2150858843L, "the shell was not found");
        try (StubHost host = new StubHost((operation, time, answer) ->
                operation.equals("Signal") || operation.equals("Delete") ? gone : answer)) {
            assertThat(new String(Client.run(host.endpoint(Scheme.BASIC)).stdout(), UTF_8))
                    .isEqualTo("hi");
        }
    }

    /** ansible/ansible 69595: the pipe has been ended, since powershell.exe was killed; what it wrote tells why. */
    @ParameterizedTest
    @ValueSource(longs = {109, 2147942509L, 232, 2147942632L})
    void aScriptThatCannotBeSentWholeIsToldByWhatTheDyingProcessWrote(long code) throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) -> switch (operation) {
            case "Send" -> StubHost.fault(code, "The pipe has been ended.");
            case "Receive" -> StubHost.received("", "", "blocked", "-1073740791");
            default -> answer;
        })) {
            Output output = Client.run(host.endpoint(Scheme.BASIC));
            assertThat(new String(output.stderr(), UTF_8)).isEqualTo("blocked");
            assertThat(output.exitCode()).isEqualTo(-1073740791);
        }
    }

    /** jborean93/pypsrp 36: fault 2, the service cannot start the host process. */
    @Test
    void aHostProcessThatDoesNotStartIsToldWithItsCode() throws Exception {
        try (StubHost host = StubHost.answering("Create", 0, StubHost.fault(2, "unable to start the host process"))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.BASIC));
            assertThat(failure).isEqualTo(new RemoteFault(Stage.SHELL, 2, "unable to start the host process"));
            assertThat(failure.message()).contains("2 ERROR_FILE_NOT_FOUND");
            assertThat(failure.advice()).contains("whole").doesNotContain("helpmsg");
        }
    }

    /** diyan/pywinrm 386: a proxy that cannot reach the server says 502. */
    @Test
    void aGatewaysOwnAnswerIsNotTheServers() throws Exception {
        byte[] page =
                StubHost.http(502, "Server: squid\r\nContent-Type: text/html\r\n", "<h1>ERROR</h1>".getBytes(UTF_8));
        try (StubHost host = StubHost.answering("Type1", 0, page)) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.NTLM));
            assertThat(failure.message()).contains("a gateway in between did not reach the server: HTTP 502 (ERROR)");
        }
    }

    /** balki97/OWASSRF-CVE-2022-41082-POC 1: an answer to somebody else's request. */
    @Test
    void anAnswerToAnotherRequestIsNotTaken() throws Exception {
        byte[] other = StubHost.soap(200, "uuid:OTHER", "<rsp:Shell><rsp:ShellId>S1</rsp:ShellId></rsp:Shell>");
        try (StubHost host = StubHost.answering("Create", 0, other)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC)))
                    .isEqualTo(new MalformedAnswer(Stage.SHELL, "it answers another request"));
        }
    }

    /** masterzen/winrm 75, packer 6205: a 401 with a page that is no envelope. */
    @Test
    void aPageWithThe401IsARefusedLogonAndNothingElse() throws Exception {
        byte[] page = StubHost.http(
                401,
                "WWW-Authenticate: Basic realm=\"WSMAN\"\r\nContent-Type: text/html\r\n",
                "<h2>Not Authorized</h2>".getBytes(UTF_8));
        try (StubHost host = StubHost.answering("Create", 0, page)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC))).isInstanceOf(LogonFailed.class);
            assertThat(host.operations).containsExactly("Create");
        }
    }

    /** rundeck-plugins/rundeck-winrm-plugin 44, IIS before WinRM: NTLM under its own name. */
    @Test
    void ntlmUnderItsOwnNameIsAnotherServers() throws Exception {
        byte[] offer = StubHost.http(401, "WWW-Authenticate: NTLM\r\nServer: Microsoft-IIS/10.0\r\n", new byte[0]);
        try (StubHost host = StubHost.answering("Type1", 0, offer)) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.NTLM));
            assertThat(failure).isEqualTo(new SchemeNotOffered("NTLM", List.of("NTLM")));
            assertThat(failure.message()).contains("under a name of its own");
            assertThat(failure.advice()).contains("Another web server").doesNotContain("Set-Item");
        }
    }

    /** jborean93/pypsrp 22: behind one address several servers, of which the next does not know the shell. */
    @Test
    void aShellThatTheNextServerDoesNotKnowPointsToLoadBalancersToo() throws Exception {
        try (StubHost host = StubHost.answering("Command", 0, StubHost.fault(2150858843L, "not found"))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.BASIC));
            assertThat(failure).isEqualTo(new ShellGone(Stage.SCRIPT, 2150858843L, "not found"));
            assertThat(failure.advice()).contains("load balancer");
        }
    }

    /** chef/knife-windows 210, rundeck/rundeck 4767: bytes before the envelope. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\ufeff", "\r\n", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n", "\ufeff<?xml version='1.0'?>"
            })
    void aMarkOrADeclarationBeforeAnEnvelopeDoesNotHideIt(String before) throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) -> {
            String[] parts = new String(answer, UTF_8).split("\r\n\r\n", 2);
            return parts[1].isEmpty() ? answer : StubHost.http(200, "", before + parts[1]);
        })) {
            assertThat(new String(Client.run(host.endpoint(Scheme.BASIC)).stdout(), UTF_8))
                    .isEqualTo("hi");
        }
    }

    /** Codes of faults stand there unsigned, negative or hexadecimal. */
    @ParameterizedTest
    @ValueSource(strings = {"2150858793", "-2144108503", "0x80338029", "0X80338029"})
    void aCodeIsReadInEachOfItsForms(String code) throws Exception {
        byte[] fault = StubHost.replaced(StubHost.fault(42, "slow"), "Code=\"42\"", "Code=\"" + code + "\"");
        byte[] right = StubHost.http(500, "", new String(fault, UTF_8).split("\r\n\r\n", 2)[1]);
        try (StubHost host = StubHost.answering("Create", 0, right)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC)))
                    .isEqualTo(new RemoteFault(Stage.SHELL, 2150858793L, "slow"));
        }
    }

    /** hashicorp/vagrant 6430: the connection is reset between two requests. */
    @Test
    void aResetInTheMiddleLeavesNoShell() throws Exception {
        try (StubHost host =
                new StubHost((operation, time, answer) -> operation.equals("Receive") && time == 1 ? null : answer)) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.BASIC));
            assertThat(failure.stage()).isEqualTo(Stage.SCRIPT);
            assertThat(host.operations).contains("Delete");
        }
    }

    /** Azure DevOps' WinRM tasks against a portal or another port: 403, 404 and pages with a heading. */
    @Test
    void portalsAreToldByTheirHeadings() throws Exception {
        byte[] portal = StubHost.http(
                200,
                "Server: Apache\r\nContent-Type: text/html\r\n",
                "<title>Guest &amp; login</title>".getBytes(UTF_8));
        try (StubHost host = StubHost.answering("Create", 0, portal)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC)))
                    .isInstanceOfSatisfying(
                            NotWinRm.class, other -> assertThat(other.heading()).contains("Guest"));
        }
        try (StubHost host = StubHost.answering("Create", 0, StubHost.page(404, "Not Found"))) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC))).isEqualTo(new EndpointNotFound(404, "/wsman"));
        }
    }
}
