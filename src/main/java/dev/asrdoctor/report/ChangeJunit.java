package dev.asrdoctor.report;

import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A verified change as JUnit's XML: a test suite for each server, with a test case for whether it can be reached, one for each
 * problem that is new or gone, and one for each declared difference; undeclared ones are told as output.
 */
public final class ChangeJunit {
    private ChangeJunit() {}

    /** @param element {@code failure}, {@code error} or empty for one that passed */
    private record Case(String name, String element, String message) {}

    public static void write(ChangeReport report, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "asrdoctor change " + report.window().id());
            for (ServerChange server : report.assessment().servers()) {
                suite(xml, server.server(), cases(server), output(server), report);
            }
            List<Case> anywhere = report.assessment().missingAnywhere().stream()
                    .map(ChangeJunit::missing)
                    .toList();
            if (!anywhere.isEmpty()) {
                suite(xml, "any server", anywhere, "", report);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        out.append(text.getBuffer()).append('\n');
    }

    private static List<Case> cases(ServerChange server) {
        Reading.Unread unread = server.unread();
        if (unread != null) {
            return List.of(new Case("reachable", "error", unread.message() + "\nnext: " + unread.advice()));
        }
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("reachable", "", ""));
        for (ProblemChange problem : server.problems()) {
            String name = (problem.finding().check() + " " + problem.finding().subject()).strip();
            boolean failed = problem.kind() == ProblemChange.Kind.NEW;
            cases.add(new Case(name, failed ? "failure" : "", failed ? told(problem) : ""));
        }
        for (Drift drift : server.declared()) {
            cases.add(new Case("declared " + drift.difference().path(), "", ""));
        }
        server.missing().forEach(missing -> cases.add(missing(missing)));
        return cases;
    }

    private static String told(ProblemChange problem) {
        String next = problem.finding().nextAction();
        return problem.finding().title() + (next == null ? "" : "\nnext: " + next);
    }

    private static Case missing(Missing missing) {
        return new Case(
                "declared " + missing.expectation().path(),
                "failure",
                "declared, but not come: " + missing.expectation().text() + "\n" + missing.instead());
    }

    private static String output(ServerChange server) {
        StringBuilder text = new StringBuilder();
        server.problems(ProblemChange.Kind.NEW_WARNING)
                .forEach(problem ->
                        text.append("new warning: ").append(told(problem)).append('\n'));
        server.undeclared()
                .forEach(drift ->
                        text.append(ChangeWords.words(drift.difference())).append('\n'));
        return text.toString();
    }

    private static void suite(XMLStreamWriter xml, String name, List<Case> cases, String output, ChangeReport report)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", name);
        attribute(xml, "timestamp", report.verification().startedAt().toString());
        attribute(xml, "tests", Integer.toString(cases.size()));
        attribute(xml, "failures", count(cases, "failure"));
        attribute(xml, "errors", count(cases, "error"));
        attribute(xml, "skipped", "0");
        for (Case one : cases) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", "asrdoctor." + report.window().id() + "." + name);
            attribute(xml, "name", one.name());
            if (!one.element().isEmpty()) {
                xml.writeStartElement(one.element());
                attribute(xml, "message", one.message().lines().findFirst().orElse(""));
                xml.writeCharacters(JunitReport.safe(one.message()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        if (!output.isEmpty()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(JunitReport.safe(output));
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static String count(List<Case> cases, String element) {
        return Long.toString(
                cases.stream().filter(one -> one.element().equals(element)).count());
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, JunitReport.safe(value));
    }
}
