package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.PowerShellCommand;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class EnvelopesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(19_500);

    private final Envelopes envelopes = new Envelopes(
            new Endpoint("fe80::1", 5986, true, "/ws&man", Scheme.NTLM, false, List.of(), null, true),
            "uuid:S",
            ShellType.CMD);

    @Test
    void areWellFormedWhateverTheServerCallsItsShells() throws Exception {
        String odd = "a\"<&>b";

        assertThat(text(envelopes.command("uuid:1", TIMEOUT, odd, odd, "x", List.of(odd)), "Selector"))
                .isEqualTo(odd);
        assertThat(text(envelopes.send("uuid:1", TIMEOUT, odd, odd, odd, new byte[0], true), "To"))
                .isEqualTo("https://[fe80::1]:5986/ws&man");
        parse(envelopes.receive("uuid:1", TIMEOUT, odd, odd));
        parse(envelopes.terminate("uuid:1", TIMEOUT, odd, odd));
        parse(envelopes.delete("uuid:1", TIMEOUT, odd));
    }

    @Test
    void carryTheCommandLineUnchanged() throws Exception {
        assertThat(text(envelopes.command("uuid:1", TIMEOUT, "S", null, PowerShellCommand.LINE, List.of()), "Command"))
                .isEqualTo(PowerShellCommand.LINE);
    }

    @Test
    void askForAShortLivedShellInUtf8WithoutAProfile() throws Exception {
        String create = envelopes.create("uuid:1", TIMEOUT, Duration.ofSeconds(180), "");

        assertThat(text(create, "IdleTimeOut")).isEqualTo("PT180.000S");
        assertThat(text(create, "OperationTimeout")).isEqualTo("PT19.500S");
        assertThat(create).contains("\"WINRS_CODEPAGE\">65001<", "\"WINRS_NOPROFILE\">TRUE<");
    }

    @Test
    void fitTheLargestPieceOfInput() {
        String send = envelopes.send(
                "uuid:1", TIMEOUT, "S".repeat(100), "C".repeat(100), "stdin", new byte[Envelopes.STDIN_CHUNK], true);

        assertThat(send.length()).isLessThan(Envelopes.MAX_ENVELOPE_SIZE);
    }

    @Test
    void areNumberedWithoutRepetition() {
        Set<String> seen = new HashSet<>();
        for (int session = 0; session < 100; session++) {
            MessageIds ids = new MessageIds(new Random(session));
            for (int i = 0; i < 100; i++) {
                String id = ids.next();
                assertThat(id).matches("uuid:[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");
                assertThat(seen.add(id)).isTrue();
            }
        }
    }

    private static String text(String xml, String element) throws Exception {
        return parse(xml).getElementsByTagNameNS("*", element).item(0).getTextContent();
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }
}
