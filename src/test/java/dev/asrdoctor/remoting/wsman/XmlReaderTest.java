package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.Recordings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The reader against the JDK's parser as the judge. */
class XmlReaderTest {
    private static final List<String> ATTRIBUTES = List.of("Name", "State", "Code", "End", "CommandId", "xml:lang");

    @Test
    void readsEveryRecordedEnvelopeAsTheJdkDoes() throws Exception {
        int compared = 0;
        for (String envelope : recorded()) {
            assertThat(ours(envelope, UTF_8)).isEqualTo(theirs(envelope));
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void refusesWhatTheJdkRefusesAndReadsAlikeWhatBothAccept() throws Exception {
        Random random = new Random(20261123);
        String seed =
                "<?xml version=\"1.0\"?><!-- c --><a:b xmlns:a='x&amp;y' Name = \"q&#x41;&lt;\"><c/>t&gt;<![CDATA[<z>]]> é"
                        + "<d State='1'>&#10;&apos;</d ></a:b>";
        int bothAccepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(seed);
            for (int n = i == 0 ? 0 : 1 + random.nextInt(2); n > 0; n--) {
                int at = 21 + random.nextInt(damaged.length() - 21);
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, seed.charAt(21 + random.nextInt(seed.length() - 21)));
                    default -> damaged.setCharAt(at, seed.charAt(21 + random.nextInt(seed.length() - 21)));
                }
            }
            List<String> ours;
            try {
                ours = ours(damaged.toString(), UTF_8);
            } catch (MalformedEnvelopeException e) {
                continue;
            }
            try {
                assertThat(ours).isEqualTo(theirs(damaged.toString()));
                bothAccepted++;
            } catch (XMLStreamException e) {
                // The JDK also checks what only matters to documents with types and namespaces.
            }
        }
        assertThat(bothAccepted).isGreaterThan(1000);
    }

    @Test
    void readsUtf16WithAMark() throws Exception {
        assertThat(ours("<a>é€</a>", UTF_16)).isEqualTo(List.of("<a>", "é€", "</a>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a x=1/>",
                "<a x='1/>",
                "<a x='<'/>",
                "<a x='1'y='2'/>",
                "<a>&nbsp;</a>",
                "<a>&#x110000;</a>",
                "<a>& </a>",
                "<a><!-- </a>",
                "<!DOCTYPE a><a/>",
                "<a></a",
                "< a/>",
                "<a/>x"
            })
    void refuses(String document) {
        assertThatThrownBy(() -> ours(document, UTF_8)).isInstanceOf(MalformedEnvelopeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<a>plain</a>|plain", "<a> b </a>|' b '", "<a></a>|''", "<a>b</a>|b"})
    void handsOutPlainTextAsItStands(String document, String text) throws MalformedEnvelopeException {
        XmlReader xml = started(document);
        assertThat(UTF_8.decode(xml.takePlainText().orElseThrow()).toString()).isEqualTo(text);
        assertThat(xml.next(new StringBuilder())).isEqualTo(XmlReader.Token.END);
        assertThat(xml.next(new StringBuilder())).isEqualTo(XmlReader.Token.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>b&amp;c</a>",
                "<a>b<c/></a>",
                "<a>b<!-- c --></a>",
                "<a><![CDATA[b]]></a>",
                "<a/>",
                "<a>b",
                "<a>b<"
            })
    void handsOutNoTextThatHasToBeRead(String document) throws MalformedEnvelopeException {
        assertThat(started(document).takePlainText()).isEmpty();
    }

    private static XmlReader started(String document) throws MalformedEnvelopeException {
        XmlReader xml = new XmlReader(ByteBuffer.wrap(document.getBytes(UTF_8)));
        assertThat(xml.next(new StringBuilder())).isEqualTo(XmlReader.Token.START);
        return xml;
    }

    private static List<String> recorded() throws IOException {
        List<String> envelopes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Recordings.folder())) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".xml")) {
                    envelopes.add(Files.readString(file));
                } else if (file.toString().endsWith(".yml")) {
                    Load load = new Load(
                            LoadSettings.builder().setCodePointLimit(10_000_000).build());
                    Map<?, ?> recording = (Map<?, ?>) load.loadFromString(Files.readString(file));
                    for (Object message : (List<?>) recording.get("messages")) {
                        envelopes.add((String) ((Map<?, ?>) message).get("request"));
                        envelopes.add((String) ((Map<?, ?>) message).get("response"));
                    }
                }
            }
        }
        return envelopes;
    }

    private static List<String> ours(String document, Charset charset) throws MalformedEnvelopeException {
        XmlReader xml = new XmlReader(ByteBuffer.wrap(document.getBytes(charset)));
        List<String> events = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (xml.next(text)) {
                case START -> {
                    flush(text, events);
                    StringBuilder start = new StringBuilder("<" + xml.localName());
                    for (String name : ATTRIBUTES) {
                        String value = xml.attribute(name);
                        start.append(value == null ? "" : " " + name + "=" + value);
                    }
                    events.add(start + ">");
                }
                case END -> {
                    flush(text, events);
                    events.add("</" + xml.localName() + ">");
                }
                case TEXT -> {}
                case DONE -> {
                    return events;
                }
            }
        }
    }

    private static List<String> theirs(String document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
        List<String> events = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(text, events);
                    StringBuilder start = new StringBuilder("<" + xml.getLocalName());
                    for (String name : ATTRIBUTES) {
                        String value = name.equals("xml:lang")
                                ? xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang")
                                : xml.getAttributeValue("", name);
                        start.append(value == null ? "" : " " + name + "=" + value);
                    }
                    events.add(start + ">");
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    flush(text, events);
                    events.add("</" + xml.getLocalName() + ">");
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(xml.getText());
                default -> {}
            }
        }
        return events;
    }

    private static void flush(StringBuilder text, List<String> events) {
        if (!text.isEmpty()) {
            events.add(text.toString());
            text.setLength(0);
        }
    }
}
