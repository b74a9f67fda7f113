package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.testing.ClosedPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorbellTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static String answer(String status, String headers) {
        return "HTTP/1.1 " + status + "\r\nServer: Microsoft-HTTPAPI/2.0\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    private static void ring(Peer peer) throws Exception {
        new Doorbell(LIMIT, LIMIT).ring(peer.endpoint(Scheme.NTLM), Deadline.after(LIMIT));
    }

    private static RemotingException refused(String answer) throws Exception {
        try (Peer peer = Peer.saying(answer)) {
            return (RemotingException) catchThrowable(() -> ring(peer));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WWW-Authenticate: Negotiate\r\n",
                "WWW-Authenticate: Basic realm=\"WSMAN\"\r\nWWW-Authenticate: NTLM\r\n",
                "WWW-Authenticate: Kerberos, negotiate\r\n"
            })
    void returnsWhereNegotiateOrNtlmIsOffered(String offered) throws Exception {
        try (Peer peer = Peer.saying(answer("401 Unauthorized", offered))) {
            ring(peer);
            assertThat(peer.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void namesWhatIsOfferedWhereNeitherIs() throws Exception {
        RemotingException refused = refused(answer(
                "401 Unauthorized", "WWW-Authenticate: Basic realm=\"WSMAN\"\r\nWWW-Authenticate: Kerberos\r\n"));
        assertThat(refused.failure())
                .isInstanceOfSatisfying(
                        SchemeNotOffered.class,
                        failure -> assertThat(failure.toString()).contains("Basic", "Kerberos"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "404 Not Found", "503 Service Unavailable"})
    void takesNothingButAChallengeForWinRm(String status) throws Exception {
        assertThat(refused(answer(status, "")).failure().stage()).isEqualTo(Stage.HTTP);
    }

    @Test
    void tellsAPortOnWhichNobodyListens() throws Exception {
        int port = ClosedPort.number();
        Endpoint nobody = new Endpoint("127.0.0.1", port, false, "/wsman", Scheme.NTLM, true, List.of(), null, true);
        assertThatThrownBy(() -> new Doorbell(LIMIT, LIMIT).ring(nobody, Deadline.after(LIMIT)))
                .isInstanceOfSatisfying(
                        RemotingException.class,
                        failed -> assertThat(failed.failure().stage()).isEqualTo(Stage.TCP));
    }
}
