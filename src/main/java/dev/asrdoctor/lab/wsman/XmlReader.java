package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a request's XML, without document types, entities or anything from outside of it. */
final class XmlReader {
    private static final int DEEPEST = 64;
    private static final XMLInputFactory FACTORY = factory();

    private final @Nullable Base64Run run;

    private XmlReader(@Nullable Base64Run run) {
        this.run = run;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    static XmlElement read(byte[] xml) throws XMLStreamException {
        try {
            Base64Run run = Base64Run.find(xml).orElse(null);
            byte[] rest = run == null ? null : run.without(xml).orElse(null);
            return rest == null ? new XmlReader(null).parse(text(xml)) : new XmlReader(run).parse(text(rest));
        } catch (RuntimeException e) {
            throw new XMLStreamException("on this the JDK's parser fails with an unchecked exception of its own", e);
        }
    }

    private XmlElement parse(String xml) throws XMLStreamException {
        XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
        try {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new XMLStreamException("document types are not allowed here");
                }
            }
            XmlElement root = element(reader, 1);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } finally {
            reader.close();
        }
    }

    /** WS-Management knows UTF-8 and UTF-16 alone (DSP0226, R13.1-3). */
    private static String text(byte[] xml) throws XMLStreamException {
        boolean wide = xml.length > 1 && ((xml[0] & 0xff) >= 0xfe || xml[1] == 0);
        boolean littleEndianWithoutMark = wide && (xml[0] & 0xff) < 0xfe;
        Charset charset = littleEndianWithoutMark ? UTF_16LE : wide ? UTF_16 : UTF_8;
        try {
            String lenient = new String(xml, charset);
            // What stands for a character that cannot be decoded may also have been sent.
            String text = lenient.indexOf('\ufffd') < 0
                    ? lenient
                    : charset.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new XMLStreamException("not encoded as " + charset, e);
        }
    }

    private XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("elements are nested deeper than " + DEEPEST);
        }
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        String name = reader.getLocalName();
        Map<String, String> attributes = attributes(reader);
        List<XmlElement> children = new ArrayList<>(4);
        StringBuilder text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            switch (reader.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("entities are not allowed here");
                default -> {}
            }
        }
        String own = text.toString();
        boolean holds = run != null && own.contains(Base64Run.PLACE);
        return new XmlElement(namespace, name, attributes, children, own, holds ? run : null);
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        int count = reader.getAttributeCount();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> attributes = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }
}
