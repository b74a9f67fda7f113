package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aGVsbG8=",
                "aGVs\nbG8=\n",
                " aGVs\tbG8=",
                "aGVs&#10;bG8=",
                "aGVs<!-- -->bG8=",
                "<![CDATA[aGVsbG8=]]>"
            })
    void outputIsReadHoweverItsBase64IsBroken(String encoded) throws Exception {
        assertThat(received(encoded).parts()).singleElement().satisfies(part -> {
            assertThat(part.stream()).isEqualTo("stdout");
            assertThat(part.data()).asString(UTF_8).isEqualTo("hello");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8=!", "\u00e4\u00f6", "aGVs&amp;"})
    void outputThatIsNoBase64IsRefused(String encoded) {
        assertThatThrownBy(() -> received(encoded))
                .isInstanceOf(MalformedEnvelopeException.class)
                .hasMessageContaining("not base64");
    }

    private static WsmanAnswer.Received received(String encoded) throws MalformedEnvelopeException {
        String envelope = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body>"
                + "<rsp:ReceiveResponse><rsp:Stream Name=\"stdout\" CommandId=\"1\">" + encoded
                + "</rsp:Stream><rsp:Stream Name=\"stderr\" End=\"true\"/></rsp:ReceiveResponse></s:Body></s:Envelope>";
        return (WsmanAnswer.Received) EnvelopeReader.read(ByteBuffer.wrap(envelope.getBytes(UTF_8)), "uuid:1");
    }
}
