package dev.asrdoctor.probe;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The error stream of powershell.exe: CLIXML behind the line {@code #< CLIXML}, or plain text. */
final class Clixml {
    private static final String MARK = "#< CLIXML";
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private Clixml() {}

    /** The texts of the error stream without progress and other records; what cannot be parsed comes as it is. */
    static String errors(byte[] stderr) {
        String text = new String(stderr, StandardCharsets.UTF_8);
        int mark = text.indexOf(MARK);
        int xml = mark < 0 ? -1 : text.indexOf('<', mark + MARK.length());
        if (xml < 0) {
            return text;
        }
        String before = text.substring(0, mark);
        try {
            return before + parse(text.substring(xml));
        } catch (XMLStreamException | RuntimeException e) {
            // On some damaged documents the JDK's parser fails with unchecked exceptions of its own.
            return text;
        }
    }

    private static String parse(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader =
                factory.createXMLStreamReader(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "UTF-8");
        StringBuilder errors = new StringBuilder();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("S")
                    && "Error".equals(reader.getAttributeValue(null, "S"))) {
                errors.append(unescaped(reader.getElementText()));
            }
        }
        return errors.toString();
    }

    private static String unescaped(String text) {
        Matcher matcher = ESCAPED.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
