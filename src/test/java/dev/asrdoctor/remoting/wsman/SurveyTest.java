package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.Survey;
import dev.asrdoctor.testing.ClosedPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {
    private static final String REFUSAL =
            "HTTP/1.1 401 \r\nServer: Microsoft-HTTPAPI/2.0\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Kerberos\r\n";

    @Test
    void tellsThatTheOtherPortOfWinRmAnswersWhereTheConfiguredOneDoesNot() throws Exception {
        int closed = ClosedPort.number();
        try (Peer other = Peer.silent()) {
            Survey survey = survey(
                    new Endpoint("127.0.0.1", closed, false, "/wsman", Scheme.NTLM, false, List.of(), null, true),
                    List.of(closed, other.port()));
            assertThat(survey.failure()).isEqualTo(new ConnectionRefused(closed));
            assertThat(survey.otherPorts()).containsExactly(other.port());
            assertThat(survey.addresses()).containsExactly("127.0.0.1");
        }
    }

    @Test
    void takesAListenerThatTellsNobodyWhoItIsForWinRmByWhatItOffers() throws Exception {
        try (Peer peer = Peer.saying(REFUSAL + "Date: Sat, 28 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n")) {
            Survey survey = survey(peer.endpoint(Scheme.NTLM), List.of());
            assertThat(survey.failure()).isNull();
            assertThat(survey.schemes()).containsExactly("Negotiate", "Kerberos");
            assertThat(survey.greeting().product()).isNull();
            assertThat(survey.greeting().clockAhead()).isNotNull();
        }
    }

    @Test
    void asksAgainOverANewConnectionWhereTheFirstOneIsClosed() throws Exception {
        try (Peer peer = Peer.saying(REFUSAL + "Connection: close\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(survey(peer.endpoint(Scheme.NTLM), List.of()).schemes())
                    .containsExactly("Negotiate", "Kerberos");
            assertThat(peer.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Date: yesterday\r\n", "Date: Sat, 99 Nov 2026 08:00:00 GMT\r\n"})
    void knowsNoClockWhereTheDateIsNone(String date) throws Exception {
        try (Peer peer = Peer.saying(REFUSAL + date + "Content-Length: 0\r\n\r\n")) {
            assertThat(survey(peer.endpoint(Scheme.NTLM), List.of()).greeting().clockAhead())
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html|<html/>",
                "application/soap+xml|<html/>",
                "application/soap+xml|<not xml",
                "application/soap+xml|",
                "application/soap+xml|<a><ProductVendor>x</ProductVendor></a>"
            })
    void takesNothingElseForWinRm(String answer) throws Exception {
        String[] parts = answer.split("\\|", -1);
        try (Peer peer = Peer.saying("HTTP/1.1 200 OK\r\nContent-Type: " + parts[0] + "\r\nContent-Length: "
                + parts[1].length() + "\r\n\r\n" + parts[1])) {
            assertThat(survey(peer.endpoint(Scheme.NTLM), List.of()).failure()).isInstanceOf(NotWinRm.class);
        }
    }

    @Test
    void presentsNoAccount() throws Exception {
        List<String> requests = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (Peer peer = new Peer(socket -> {
            while (true) {
                FakeHost.Request request = FakeHost.read(socket.getInputStream());
                if (request == null) {
                    return;
                }
                requests.add(request.head());
                socket.getOutputStream()
                        .write((REFUSAL + "Content-Length: 0\r\n\r\n")
                                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        })) {
            survey(peer.endpoint(Scheme.BASIC), List.of());
            assertThat(requests)
                    .hasSize(2)
                    .noneMatch(head -> head.toLowerCase(java.util.Locale.ROOT).contains("authorization"));
            assertThat(requests.getFirst()).contains("WSMANIDENTIFY: unauthenticated");
        }
    }

    private static Survey survey(Endpoint endpoint, List<Integer> usualPorts) throws InterruptedException {
        return new WsmanSurveyor(Client.SETTINGS, usualPorts).survey(endpoint, Deadline.after(Client.AMPLE));
    }
}
