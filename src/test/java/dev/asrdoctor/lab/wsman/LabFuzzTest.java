package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may send to a simulated server. */
class LabFuzzTest {
    static Stream<byte[]> requests() {
        return Stream.of(
                        "POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
                        "POST /wsman HTTP/1.1\r\n"
                                + "Host: x\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "5;x=y\r\n"
                                + "hello\r\n"
                                + "0\r\n\r\n",
                        "GET / HTTP/1.0\nExpect: 100-continue\n\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("requests")
    @FuzzTest
    void httpRequests(byte[] data) throws IOException {
        HttpReader reader =
                new HttpReader(new ByteArrayInputStream(data), OutputStream.nullOutputStream(), 1024 * 1024);
        try {
            for (HttpRequest request = reader.next(); request != null; request = reader.next()) {
                assertThat(request.body().length).isLessThanOrEqualTo(data.length);
            }
        } catch (HttpRefusal refusal) {
            assertThat(refusal.answer().status()).isBetween(400, 599);
        } catch (EOFException e) {
            assertThat(e).isNotNull();
        }
    }

    static Stream<byte[]> envelopes() {
        return Stream.of(
                        Soap.create("<r:IdleTimeOut>PT90S</r:IdleTimeOut>"),
                        Soap.command("S", "x"),
                        Soap.receive("S", "C", Soap.timeout("PT0.01S")),
                        "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><s>&x;</s>")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("envelopes")
    @FuzzTest
    void soapRequests(byte[] data) {
        try {
            assertThat(SoapRequest.parse(data, Quotas.DEFAULT).operation()).isNotNull();
        } catch (FaultException e) {
            assertThat(e.fault().wsmanCode()).isPositive();
        } catch (XMLStreamException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> tokens() {
        return Stream.of(
                Base64.getDecoder().decode("YGAGBisGAQUFAqBWMFSgDjAMBgorBgEEAYI3AgIKokIEQE5UTE1TU1AAAQAAALc="),
                Base64.getDecoder().decode("TlRMTVNTUAABAAAAMpCI4gAAAAAoAAAAAAAAACgAAAAGAbEdAAAADw=="),
                Spnego.challenge(new byte[20]),
                Spnego.completed());
    }

    @MethodSource("tokens")
    @FuzzTest
    void spnegoTokens(byte[] data) {
        if (Spnego.isBare(data)) {
            return;
        }
        try {
            Spnego.Token token = Spnego.read(data);
            byte[] message = token.message();
            assertThat(message == null ? 0 : message.length).isLessThanOrEqualTo(data.length);
        } catch (NtlmException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
