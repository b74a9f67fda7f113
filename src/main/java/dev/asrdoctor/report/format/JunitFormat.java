package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import dev.asrdoctor.text.Plain;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML for build servers. */
final class JunitFormat implements Format {
    @Override
    public String name() {
        return "junit";
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.CASES;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        Document.Suites suites = Objects.requireNonNull(report.document().suites());
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            attribute(xml, "name", suites.name());
            Counts all = new Counts();
            suites.suites().forEach(suite -> all.add(suite.cases()));
            all.write(xml);
            for (Suite suite : suites.suites()) {
                write(xml, suite);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
        }
        out.write('\n');
    }

    private static final class Counts {
        private int tests;
        private int failures;
        private int errors;
        private int skipped;

        void add(List<Case> cases) {
            for (Case one : cases) {
                tests++;
                failures += one.outcome() == Outcome.FAILED ? 1 : 0;
                errors += one.outcome() == Outcome.ERROR ? 1 : 0;
                skipped += one.outcome() == Outcome.SKIPPED ? 1 : 0;
            }
        }

        void write(XMLStreamWriter xml) throws XMLStreamException {
            attribute(xml, "tests", Integer.toString(tests));
            attribute(xml, "failures", Integer.toString(failures));
            attribute(xml, "errors", Integer.toString(errors));
            attribute(xml, "skipped", Integer.toString(skipped));
        }
    }

    private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", suite.name());
        if (suite.at() != null) {
            attribute(xml, "timestamp", suite.at().toString());
        }
        Counts counts = new Counts();
        counts.add(suite.cases());
        counts.write(xml);
        if (!suite.properties().isEmpty()) {
            xml.writeStartElement("properties");
            for (Map.Entry<String, String> property : suite.properties().entrySet()) {
                xml.writeEmptyElement("property");
                attribute(xml, "name", property.getKey());
                attribute(xml, "value", property.getValue());
            }
            xml.writeEndElement();
        }
        for (Case one : suite.cases()) {
            write(xml, suite.group(), one);
        }
        if (!suite.output().isEmpty()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(Plain.text(suite.output()));
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, String group, Case one) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", group);
        attribute(xml, "name", one.name());
        String element = switch (one.outcome()) {
            case FAILED -> "failure";
            case ERROR -> "error";
            case SKIPPED -> "skipped";
            case NOTED -> "system-out";
            case PASSED -> "";
        };
        if (!element.isEmpty()) {
            xml.writeStartElement(element);
            if (one.outcome() != Outcome.NOTED) {
                attribute(xml, "message", one.message());
            }
            xml.writeCharacters(Plain.text(one.body()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** Nothing that XML 1.0 cannot hold, not even escaped, and nothing that whoever shows it would obey. */
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Plain.text(value));
    }
}
