package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML for build servers: a test suite for each server, a test case for each finding. */
public final class JunitReport implements Report {
    @Override
    public void write(List<ServerReport> servers, RunInfo run, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "asrdoctor");
            counts(
                    xml,
                    servers.stream()
                            .flatMap(server -> server.findings().stream())
                            .toList());
            for (ServerReport server : servers) {
                writeSuite(xml, server, run);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        out.append(text.getBuffer()).append('\n');
    }

    private static void writeSuite(XMLStreamWriter xml, ServerReport report, RunInfo run) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", report.server().name());
        attribute(xml, "timestamp", run.startedAt().toString());
        counts(xml, report.findings());
        Optional<OpenWindows.Hold> planned = run.planned().of(report.server().name());
        if (planned.isPresent()) {
            xml.writeStartElement("properties");
            xml.writeEmptyElement("property");
            attribute(xml, "name", "plannedChange");
            attribute(
                    xml,
                    "value",
                    planned.get().change() + " until " + planned.get().until());
            xml.writeEndElement();
        }
        for (Finding finding : report.findings()) {
            writeCase(xml, report, finding);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, List<Finding> findings) throws XMLStreamException {
        attribute(xml, "tests", Integer.toString(findings.size()));
        attribute(xml, "failures", count(findings, status -> status == Status.FAIL));
        attribute(xml, "errors", count(findings, status -> status == Status.UNKNOWN));
        attribute(xml, "skipped", count(findings, JunitReport::isSkipped));
    }

    private static String count(List<Finding> findings, Predicate<Status> which) {
        return Long.toString(
                findings.stream().map(Finding::status).filter(which).count());
    }

    private static boolean isSkipped(Status status) {
        return status == Status.SKIPPED || status == Status.WAIVED;
    }

    private static void writeCase(XMLStreamWriter xml, ServerReport report, Finding finding) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "asrdoctor." + report.server().name());
        attribute(
                xml, "name", finding.subject().isEmpty() ? finding.check() : finding.check() + " " + finding.subject());
        String element = switch (finding.status()) {
            case FAIL -> "failure";
            case UNKNOWN -> "error";
            case SKIPPED, WAIVED -> "skipped";
            case WARN -> "system-out";
            case PASS -> "";
        };
        if (!element.isEmpty()) {
            xml.writeStartElement(element);
            if (!element.equals("system-out")) {
                attribute(xml, "message", finding.title());
            }
            xml.writeCharacters(safe(body(finding)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String body(Finding finding) {
        Stream<String> next =
                finding.nextAction() == null ? Stream.empty() : Stream.of("next: " + finding.nextAction());
        Stream<String> evidence = finding.evidence().entrySet().stream()
                .map((Map.Entry<String, Object> entry) -> entry.getKey() + "=" + entry.getValue());
        return String.join(
                "\n",
                Stream.of(Stream.of(finding.title()), next, evidence)
                        .flatMap(s -> s)
                        .toList());
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, safe(value));
    }

    /** Nothing that XML 1.0 cannot hold, not even escaped, and nothing that whoever shows it would obey. */
    static String safe(String text) {
        return Plain.text(text);
    }
}
