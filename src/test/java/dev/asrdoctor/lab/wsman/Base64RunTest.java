package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long text reads the same whether the parser has seen it or not. */
class Base64RunTest {
    private final Random random = new Random(5);

    private byte[] script(int length) {
        byte[] script = new byte[length];
        random.nextBytes(script);
        return script;
    }

    private static byte[] envelope(String inside) {
        return ("<s:Envelope xmlns:s=\"" + Names.SOAP + "\"><s:Body><r:Send xmlns:r=\"" + Names.SHELL + "\">" + inside
                        + "</r:Send></s:Body></s:Envelope>")
                .getBytes(UTF_8);
    }

    private static XmlElement send(String inside) throws XMLStreamException {
        XmlElement body = XmlReader.read(envelope(inside)).child(Names.SOAP, "Body");
        return body.child(Names.SHELL, "Send");
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, 12_000, 12_001, 12_002, 90_000})
    void whatIsSentArrives(int length) throws Exception {
        byte[] script = script(length);
        String text = Base64.getEncoder().encodeToString(script);
        XmlElement stream =
                send("<r:Stream Name=\"stdin\">" + text + "</r:Stream>").child(Names.SHELL, "Stream");
        assertThat(stream.attribute("Name")).isEqualTo("stdin");
        assertThat(stream.text()).isEqualTo(text);
        assertThat(stream.decodedText()).isEqualTo(script);
    }

    @Test
    void whatDiffersALittleOrMuchFromTheOneBeforeArrivesAsItIs() throws Exception {
        byte[] script = script(30_000);
        for (int round = 0; round < 200; round++) {
            for (int changes = random.nextInt(1 + round * 3); changes > 0; changes--) {
                script[random.nextInt(script.length)] = (byte) random.nextInt();
            }
            String text = Base64.getEncoder().encodeToString(script);
            assertThat(send("<r:Stream>" + text + "</r:Stream>")
                            .child(Names.SHELL, "Stream")
                            .decodedText())
                    .isEqualTo(script);
        }
    }

    @Test
    void aLongTextIsTheElementsWhereverItStandsInIt() throws Exception {
        String text = Base64.getEncoder().encodeToString(script(12_000));
        assertThat(send("<r:Stream>a<b/>" + text + "<c/>d</r:Stream>")
                        .child(Names.SHELL, "Stream")
                        .text())
                .isEqualTo("a" + text + "d");
        assertThat(send("<r:Stream><![CDATA[>" + text + "<]]></r:Stream>")
                        .child(Names.SHELL, "Stream")
                        .text())
                .isEqualTo(">" + text + "<");
        assertThat(send("<r:Stream><!-- >" + text + "< --></r:Stream>")
                        .child(Names.SHELL, "Stream")
                        .text())
                .isEmpty();
    }

    @Test
    void aTextThatHasTheStandInItselfKeepsIt() throws Exception {
        String text = Base64.getEncoder().encodeToString(script(12_000));
        for (String mark : new String[] {Base64Run.PLACE, "&#xE0B6;"}) {
            XmlElement send = send("<r:Code>" + mark + "</r:Code><r:Stream>" + text + "</r:Stream>");
            assertThat(send.child(Names.SHELL, "Code").text()).isEqualTo(Base64Run.PLACE);
            assertThat(send.child(Names.SHELL, "Stream").text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "\u0001", "=A", "]]>"})
    void whatIsNoBase64IsLeftToTheParserOrIsNoData(String damage) {
        String text = Base64.getEncoder().encodeToString(script(12_000));
        String damaged = text.substring(0, 8_000) + damage + text.substring(8_000 + damage.length());
        assertThatThrownBy(() -> send("<r:Stream>" + damaged + "</r:Stream>")
                        .child(Names.SHELL, "Stream")
                        .decodedText())
                .isInstanceOfAny(XMLStreamException.class, FaultException.class);
    }

    @Test
    void linesAreAllowed() throws Exception {
        byte[] script = script(12_000);
        String text = Base64.getMimeEncoder().encodeToString(script);
        assertThat(send("<r:Stream>" + text + "</r:Stream>")
                        .child(Names.SHELL, "Stream")
                        .decodedText())
                .isEqualTo(script);
    }
}
