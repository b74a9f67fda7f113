package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.LoggedOn;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonNotKept;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.gss.KerberosLogins;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that HTTP allows and WinRM never gives by itself: closed connections, other types, pages of HTTP.sys and proxies. */
class OddAnswersTest {

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, 'HTTP/1.1'", "'\r\nServer:', '\r\nConnection: close\r\nServer:'", "HTTP/1.1, HTTP/1.0"})
    void basicGoesOnOverAnotherConnectionWhereAnAnswerEndsItsOwn(String what, String by) throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) ->
                StubHost.replaced(answer, what.replace("\\r\\n", "\r\n"), by.replace("\\r\\n", "\r\n")))) {
            Output output = Client.run(host.endpoint(Scheme.BASIC));

            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("hi");
            assertThat(host.operations).containsExactly("Create", "Command", "Send", "Receive", "Signal", "Delete");
            assertThat(host.connections()).isEqualTo(what.equals(by) ? 1 : 6);
        }
    }

    @Test
    void anotherConnectionThatDoesNotComeAboutIsNeverTakenForAServerOnWhichNothingHasBegun() throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) ->
                StubHost.replaced(answer, "\r\nServer:", "\r\nConnection: close\r\nServer:"))) {
            Endpoint endpoint = host.endpoint(Scheme.BASIC);
            Deadline deadline = Deadline.after(Client.AMPLE);
            Channel channel = new Channel(
                    new Dialer(Client.AMPLE).dial(endpoint, null, deadline),
                    until -> {
                        throw new RemotingException(new ConnectionRefused(endpoint.port()));
                    },
                    new HttpRequests(endpoint),
                    endpoint,
                    new LogonAttempt(Client.logon()),
                    Scheme.BASIC,
                    "vagrant",
                    "Basic eA==",
                    null,
                    InstantSource.system());
            CmdShell shell = new CmdShell(
                    new Envelopes(endpoint, "uuid:1", ShellType.CMD), new MessageIds(new Random(1)), Client.SETTINGS);
            shell.create(channel, deadline);

            assertThatThrownBy(() -> shell.run(channel, Script.of("x"), deadline))
                    .isInstanceOfSatisfying(
                            RemotingException.class,
                            e -> assertThat(e.failure()).isEqualTo(new ConnectionCut(Stage.SCRIPT, 0)));
        }
    }

    @Test
    void aChallengeThatEndsItsConnectionIsToldAsSuchAndNoPasswordGoesOut() throws Exception {
        try (StubHost host = StubHost.answering(
                "Type1",
                0,
                StubHost.http(
                        401,
                        "WWW-Authenticate: Negotiate " + StubHost.challenge() + "\r\nConnection: close\r\n",
                        ""))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.NTLM));

            assertThat(failure).isEqualTo(new LogonNotKept(Stage.AUTHENTICATION, "NTLM"));
            assertThat(failure.advice()).contains("in between", "Connect directly");
            assertThat(host.operations).doesNotContain("Type3");
        }
    }

    @Test
    void aLogonThatIsTakenAndNotKeptIsToldAsSuch() throws Exception {
        try (StubHost host = StubHost.answering("Type3", 0, StubHost.http(200, "Connection: close\r\n", ""))) {
            assertThat(Client.failure(host.endpoint(Scheme.NTLM)))
                    .isEqualTo(new LogonNotKept(Stage.AUTHENTICATION, "NTLM"));
        }
    }

    @Test
    void aSealedConversationWhoseConnectionEndsAfterEachAnswerIsToldAndLeavesNoShell() throws Exception {
        try (FakeHost host =
                new FakeHost(Scheme.NTLM, new RecordedHost("winrs/winrs_standard.yml")).endingEachAnswer()) {
            assertThat(Client.failure(host.endpoint())).isEqualTo(new LogonNotKept(Stage.SCRIPT, "NTLM"));
            assertThat(host.actions).startsWith("Create");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/xml\r\n", "Content-Type: application/xml; charset=utf-8\r\n"})
    void anEnvelopeIsTakenForOneAlsoWhereItsTypeWasTakenAway(String type) throws Exception {
        try (StubHost host = new StubHost(
                (operation, time, answer) -> StubHost.replaced(answer, "Content-Type: [^\r]*\r\n", type))) {
            assertThat(new String(Client.run(host.endpoint(Scheme.BASIC)).stdout(), UTF_8))
                    .isEqualTo("hi");
        }
    }

    @Test
    void theEndOfACommandWithoutAnExitCodeIsAnEnd() throws Exception {
        try (StubHost host = StubHost.answering("Receive", 0, StubHost.received("", "hi", "", ""))) {
            Output output = Client.run(host.endpoint(Scheme.BASIC));
            assertThat(new String(output.stdout(), UTF_8)).isEqualTo("hi");
            assertThat(output.exitCode()).isEqualTo(Output.NO_EXIT_CODE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Bad Request - Request Too Long,MaxFieldLength",
        "Bad Request - Invalid Hostname,ListeningOn",
        "Bad Request - Invalid Header,HTTPERR",
        "Bad Request,HTTPERR"
    })
    void aPageOfHttpSysIsToldByItsHeadingWithWhatItMeans(String heading, String advised) throws Exception {
        for (Scheme scheme : List.of(Scheme.BASIC, Scheme.NTLM)) {
            String operation = scheme == Scheme.BASIC ? "Create" : "Type1";
            try (StubHost host = StubHost.answering(operation, 0, StubHost.page(400, heading))) {
                RemotingFailure failure = Client.failure(host.endpoint(scheme));

                assertThat(failure).isInstanceOf(HttpRefused.class);
                assertThat(failure.message()).contains("HTTP.sys", "HTTP 400 (" + heading + ")");
                assertThat(failure.advice()).contains(advised).doesNotContain("Another web server");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Type1", "Type3", "Sealed"})
    void anEmptyFailureDuringALogonIsNoOtherServer(String operation) throws Exception {
        try (StubHost host = StubHost.answering(operation, 0, StubHost.http(500, "", ""))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.NTLM));

            assertThat(failure).isInstanceOf(HttpRefused.class);
            assertThat(failure.message()).contains("failed without an explanation: HTTP 500");
            assertThat(failure.advice()).contains("Operational");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | Location: https://srv01:5986/wsman | Location: https://srv01:5986/wsman | inventory",
                "308 | Location: /elsewhere | Location: /elsewhere | inventory",
                "407 | Proxy-Authenticate: NTLM | Proxy-Authenticate: NTLM | proxies",
                "431 | X: y | HTTP 431 | MaxFieldLength",
                "408 | X: y | HTTP 408 | slow",
                "429 | X: y | HTTP 429 | --concurrency",
                "504 | X: y | HTTP 504 | load balancer",
            })
    void aStatusThatSpeaksForItselfIsToldAsWhatItMeans(int status, String header, String told, String advised)
            throws Exception {
        byte[] answer = StubHost.http(status, header + "\r\n", new byte[0]);
        for (Scheme scheme : List.of(Scheme.BASIC, Scheme.NTLM)) {
            try (StubHost host = StubHost.answering(scheme == Scheme.BASIC ? "Create" : "Type1", 0, answer)) {
                RemotingFailure failure = Client.failure(host.endpoint(scheme));
                assertThat(failure).isInstanceOf(HttpRefused.class);
                assertThat(failure.message()).contains(told);
                assertThat(failure.advice()).contains(advised);
            }
        }
    }

    @Test
    void aPageOfAnotherServerKeepsItsHeading() throws Exception {
        byte[] page = StubHost.http(
                400,
                "Server: nginx\r\nContent-Type: text/html\r\n",
                "<h1>Plain HTTP <b>was</b> sent</h1>".getBytes(UTF_8));
        try (StubHost host = StubHost.answering("Create", 0, page)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC)))
                    .isEqualTo(new NotWinRm(Stage.SHELL, 400, "nginx", "text/html", "Plain HTTP was sent"));
        }
    }

    @Test
    void whoHasSpokenAsWinRmIsNoOtherServerLater() throws Exception {
        byte[] page = StubHost.http(418, "Content-Type: text/html\r\n", "<title>Odd</title>".getBytes(UTF_8));
        try (StubHost host = StubHost.answering("Receive", 0, page)) {
            assertThat(Client.failure(host.endpoint(Scheme.BASIC)))
                    .isEqualTo(new HttpRefused(Stage.SCRIPT, 418, null, "Odd"));
        }
    }

    @Test
    void negotiateThatGivesNoChallengeForNtlmHasItForbidden() throws Exception {
        try (StubHost host =
                StubHost.answering("Type1", 0, StubHost.http(401, "WWW-Authenticate: Negotiate\r\n", ""))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.NTLM));

            assertThat(failure).isEqualTo(new SchemeNotOffered("NTLM", List.of("Negotiate")));
            assertThat(failure.message()).contains("takes no NTLM");
            assertThat(failure.advice()).contains("Restrict NTLM").doesNotContain("$true");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2147943418L, 2150858843L, 995, 1223})
    void aShellThatNeverOpenedIsNotGone(long code) throws Exception {
        try (StubHost host = StubHost.answering("Create", 0, StubHost.fault(code, "x"))) {
            RemotingFailure failure = Client.failure(host.endpoint(Scheme.BASIC));
            assertThat(failure).isEqualTo(new RemoteFault(Stage.SHELL, code, "x"));
            assertThat(failure.message()).doesNotContain("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 400, 500, 503})
    void clearTextAfterASealedLogonIsBelievedWithNoStatus(int status) throws Exception {
        var verdicts = new ArrayList<String>();
        byte[] clear = StubHost.soap(status, "", "<rsp:Shell><rsp:ShellId>S1</rsp:ShellId></rsp:Shell>");
        try (StubHost host = StubHost.answering("Sealed", 0, clear)) {
            assertThat(failure(host, Scheme.NTLM, verdicts))
                    .isInstanceOfSatisfying(
                            MalformedAnswer.class,
                            failure -> assertThat(failure.detail()).contains("not sealed"));
            assertThat(verdicts).containsExactly("begin", "abandoned");
        }
    }

    @Test
    void whoSaysYesToAnyLogonHasNotAcceptedTheAccount() throws Exception {
        var verdicts = new ArrayList<String>();
        try (StubHost host = StubHost.answering("Sealed", 0, StubHost.http(200, "", ""))) {
            failure(host, Scheme.NTLM, verdicts);
            assertThat(verdicts).containsExactly("begin", "abandoned");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 502})
    void anAccountIsAcceptedByNobodyWhoOnlyRefusedTheRequest(int status) throws Exception {
        var verdicts = new ArrayList<String>();
        try (StubHost host = StubHost.answering("Create", 0, StubHost.page(status, "No"))) {
            failure(host, Scheme.BASIC, verdicts);
            assertThat(verdicts).containsExactly("begin", "abandoned");
        }
    }

    @Test
    void aSessionTellsHowItWasLoggedOnOnlyOnceTheServerHasShownIt() throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) -> answer);
                Session session = Client.open(host.endpoint(Scheme.BASIC))) {
            assertThat(session.loggedOn()).isEmpty();
            session.run("'hi'", Deadline.after(Client.AMPLE));
            assertThat(session.loggedOn()).isEqualTo(Optional.of(new LoggedOn(Scheme.BASIC, List.of())));
        }
    }

    @Test
    void aShellIsEndedAlsoWhereSomethingUnforeseenGoesWrong() throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) -> answer)) {
            Endpoint endpoint = host.endpoint(Scheme.BASIC);
            Envelopes envelopes = spy(new Envelopes(endpoint, "uuid:1", ShellType.CMD));
            doThrow(new IllegalStateException("unforeseen"))
                    .when(envelopes)
                    .receive(anyString(), any(), anyString(), anyString());
            ChannelOpener opener = new ChannelOpener(
                    endpoint,
                    Client.logon(),
                    new Dialer(Client.AMPLE),
                    new KerberosLogins(InstantSource.system()),
                    Client.SETTINGS);
            Deadline deadline = Deadline.after(Client.AMPLE);
            MessageIds ids = new MessageIds(new Random(1));
            try (Session session = new WsmanSession(opener, opener.open(deadline), envelopes, ids, Client.SETTINGS)) {
                assertThatThrownBy(() -> session.run("'hi'", deadline)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(host.operations).contains("Signal", "Delete");
        }
    }

    @Test
    void theZoneOfAnAddressAndOtherLettersThanAsciiStayAtHome() {
        for (String host : List.of("::1%lo", "m\u00fcller-pc")) {
            Endpoint endpoint = new Endpoint(host, 5985, false, "/wsman", Scheme.BASIC, true, List.of(), null, true);
            String head = new String(new HttpRequests(endpoint).post("x", null, new byte[0]), UTF_8);
            String envelope = new Envelopes(endpoint, "uuid:1", ShellType.CMD)
                    .create("uuid:2", java.time.Duration.ofSeconds(1), java.time.Duration.ofSeconds(1), "");
            assertThat(head + envelope).doesNotContain("%lo", "?ller", "\u00fc").contains(endpoint.authority());
        }
    }

    @Test
    void basicNamesALocalAccountWithoutTheDot() throws Exception {
        try (StubHost host = new StubHost((operation, time, answer) -> answer)) {
            Deadline deadline = Deadline.after(Client.AMPLE);
            Logon logon = Logon.unlimited(Identity.of(".\\psadmin", "secret".toCharArray()));
            try (Session session =
                    new WsmanRemoting(Client.SETTINGS).open(host.endpoint(Scheme.BASIC), logon, deadline)) {
                session.run("'hi'", deadline);
            }
            String pair = java.util.Base64.getEncoder().encodeToString("psadmin:secret".getBytes(UTF_8));
            assertThat(host.heads).allSatisfy(head -> assertThat(head).contains("Authorization: Basic " + pair));
        }
    }

    private static RemotingFailure failure(StubHost host, Scheme scheme, List<String> verdicts) {
        return Client.failure(() -> {
            Deadline deadline = Deadline.after(Client.AMPLE);
            try (Session session =
                    new WsmanRemoting(Client.SETTINGS).open(host.endpoint(scheme), watched(verdicts), deadline)) {
                return session.run("'hi'", deadline);
            }
        });
    }

    private static Logon watched(List<String> verdicts) {
        return new Logon() {
            @Override
            public Identity begin() {
                verdicts.add("begin");
                return Identity.of("vagrant", "vagrant".toCharArray());
            }

            @Override
            public void accepted() {
                verdicts.add("accepted");
            }

            @Override
            public void refused() {
                verdicts.add("refused");
            }

            @Override
            public void abandoned() {
                verdicts.add("abandoned");
            }
        };
    }
}
