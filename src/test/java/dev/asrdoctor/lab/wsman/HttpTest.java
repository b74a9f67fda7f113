package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private WinRmEndpoint endpoint;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        endpoint = WinRmEndpoint.start(Given.openHost(), Given.echo());
        client = RawClient.to(endpoint);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void refusesAStrangerInTheWordsOfWindowsAndClosesTheConnection() throws IOException {
        RawClient.Answer answer = client.soap(Soap.create());

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 ");
        assertThat(answer.headers())
                .contains("WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"WSMAN\"")
                .contains("Server: Microsoft-HTTPAPI/2.0", "Connection: close", "Content-Length: 0");
        assertThat(answer.headerNames())
                .containsExactly(
                        "WWW-Authenticate", "WWW-Authenticate", "Server", "Date", "Connection", "Content-Length");
        assertThat(answer.header("Date"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void answersOtherPathsAsHttpSysDoes() throws IOException {
        RawClient.Answer answer =
                client.exchange(List.of("POST /iis HTTP/1.1", "Host: x", "Content-Length: 0"), new byte[0]);

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(answer.text()).contains("HTTP Error 404");
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void allowsNothingButPost() throws IOException {
        RawClient.Answer answer = client.exchange(List.of("GET /wsman HTTP/1.1", "Host: x"), new byte[0]);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void identifiesItselfToStrangersWithoutItsVersion() throws IOException {
        RawClient.Answer answer = client.post(
                List.of("WSMANIDENTIFY: unauthenticated", "Content-Type: application/soap+xml;charset=UTF-8"),
                "<s:Envelope/>".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<wsmid:ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0<");
    }

    @Test
    void identifiesItselfToItsUsersWithItsVersion() throws IOException {
        client.useBasic(Given.USER, Given.PASSWORD);

        RawClient.Answer answer = client.soap("<s:Envelope xmlns:s='" + Names.SOAP + "'><s:Body><i:Identify xmlns:i='"
                + Names.IDENTITY + "'/></s:Body></s:Envelope>");

        assertThat(answer.text()).contains("OS: 10.0.14393");
    }

    @Test
    void readsChunkedBodiesOnAKeptConnection() throws IOException {
        client.useBasic(Given.USER, Given.PASSWORD);
        String shell = Soap.shellId(client.soap(Soap.create()));
        byte[] body = Soap.get(shell).getBytes(UTF_8);
        String head = "POST /wsman?PSVersion=5.1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                + "Authorization: Basic "
                + Base64.getEncoder().encodeToString((Given.USER + ":" + Given.PASSWORD).getBytes(ISO_8859_1))
                + "\r\n\r\n";
        StringBuilder chunked = new StringBuilder(head);
        for (int at = 0; at < body.length; at += 100) {
            int length = Math.min(100, body.length - at);
            chunked.append(Integer.toHexString(length)).append(";x=y\r\n");
            chunked.append(new String(body, at, length, UTF_8)).append("\r\n");
        }
        chunked.append("0\r\nTrailer: x\r\n\r\n");

        RawClient.Answer answer = client.exchange(chunked.toString().getBytes(US_ASCII));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<rsp:ShellId>" + shell);
    }

    @Test
    void saysContinueToAClientThatWaitsForIt() throws IOException {
        client.write(("POST /wsman HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
                .getBytes(US_ASCII));
        assertThat(client.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");

        assertThat(client.exchange("body".getBytes(US_ASCII)).status()).isEqualTo(401);
    }

    @Test
    void refusesBodiesLargerThanTheEnvelopeLimit() throws IOException {
        client.write("POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n".getBytes(US_ASCII));

        assertThat(client.read().status()).isEqualTo(413);
    }

    @Test
    void refusesHeadersWithoutEnd() throws IOException {
        client.write(("POST /wsman HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000)).getBytes(US_ASCII));

        assertThat(client.read().status()).isEqualTo(400);
    }

    @Test
    void closesAfterAnOldClient() throws IOException {
        client.useBasic(Given.USER, Given.PASSWORD);
        byte[] body = Soap.create().getBytes(UTF_8);
        String basic = Base64.getEncoder().encodeToString((Given.USER + ":" + Given.PASSWORD).getBytes(UTF_8));

        RawClient.Answer answer = client.exchange(
                List.of("POST /wsman HTTP/1.0", "Authorization: Basic " + basic, "Content-Length: " + body.length),
                body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String one = "GET /wsman HTTP/1.1\r\nHost: x\r\n\r\n";
        String identify =
                "POST /wsman HTTP/1.1\r\nHost: x\r\nWSMANIDENTIFY: unauthenticated\r\nContent-Length: 0\r\n\r\n";
        client.write((identify + identify + one).getBytes(US_ASCII));

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(405);
    }
}
