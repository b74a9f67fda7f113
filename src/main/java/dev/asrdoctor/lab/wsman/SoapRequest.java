package dev.asrdoctor.lab.wsman;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A WS-Management request.
 *
 * @param operation {@link Operation#OTHER} for an action that is not supported
 * @param timeout OperationTimeout; the longest where there is none
 * @param maxEnvelope MaxEnvelopeSize in bytes; the service's own where there is none
 * @param options by name
 * @param shellId the selector; empty where there is none
 */
record SoapRequest(
        Operation operation,
        String action,
        String messageId,
        String to,
        String resourceUri,
        Duration timeout,
        int maxEnvelope,
        Map<String, String> options,
        String shellId,
        XmlElement body) {

    static final int SMALLEST_ENVELOPE = 8192;

    private static final Map<String, Operation> ACTIONS = Map.of(
            Names.TRANSFER + "/Create", Operation.CREATE,
            Names.SHELL + "/Command", Operation.COMMAND,
            Names.SHELL + "/Send", Operation.SEND,
            Names.SHELL + "/Receive", Operation.RECEIVE,
            Names.SHELL + "/Signal", Operation.SIGNAL,
            Names.TRANSFER + "/Delete", Operation.DELETE,
            Names.TRANSFER + "/Get", Operation.GET);

    /**
     * @throws XMLStreamException where it is not even XML
     * @throws FaultException where it is, and still no request
     */
    static SoapRequest parse(byte[] xml, Quotas quotas) throws XMLStreamException, FaultException {
        XmlElement envelope = XmlReader.read(xml);
        XmlElement body = envelope.child(Names.SOAP, "Body");
        if (!envelope.name().equals("Envelope") || !envelope.namespace().equals(Names.SOAP) || body == null) {
            throw new FaultException(WsmanFault.schema());
        }
        if (body.child(Names.IDENTITY, "Identify") != null) {
            return identify(body, quotas);
        }
        XmlElement header = envelope.child(Names.SOAP, "Header");
        if (header == null) {
            throw new FaultException(WsmanFault.headerMissing());
        }
        String action = header.textOf(Names.ADDRESSING, "Action");
        String messageId = header.textOf(Names.ADDRESSING, "MessageID");
        if (action.isEmpty() || messageId.isEmpty()) {
            throw new FaultException(WsmanFault.headerMissing());
        }
        return new SoapRequest(
                ACTIONS.getOrDefault(action, Operation.OTHER),
                action,
                messageId,
                header.textOf(Names.ADDRESSING, "To"),
                header.textOf(Names.WSMAN, "ResourceURI"),
                timeout(header.textOf(Names.WSMAN, "OperationTimeout"), quotas),
                envelopeSize(header.textOf(Names.WSMAN, "MaxEnvelopeSize"), quotas),
                named(header.child(Names.WSMAN, "OptionSet"), "Option"),
                named(header.child(Names.WSMAN, "SelectorSet"), "Selector").getOrDefault("ShellId", ""),
                body);
    }

    private static SoapRequest identify(XmlElement body, Quotas quotas) {
        return new SoapRequest(
                Operation.IDENTIFY,
                "",
                "",
                "",
                "",
                quotas.longestOperation(),
                quotas.envelopeBytes(),
                Map.of(),
                "",
                body);
    }

    static Duration duration(String text) throws FaultException {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative()) {
                throw new FaultException(WsmanFault.schema());
            }
            return duration;
        } catch (DateTimeException | ArithmeticException e) {
            throw new FaultException(WsmanFault.schema());
        }
    }

    private static Duration timeout(String text, Quotas quotas) throws FaultException {
        if (text.isEmpty()) {
            return quotas.longestOperation();
        }
        Duration asked = duration(text);
        return asked.compareTo(quotas.longestOperation()) < 0 ? asked : quotas.longestOperation();
    }

    private static int envelopeSize(String text, Quotas quotas) throws FaultException {
        if (text.isEmpty()) {
            return quotas.envelopeBytes();
        }
        try {
            long asked = Long.parseLong(text);
            if (asked < SMALLEST_ENVELOPE) {
                throw new FaultException(WsmanFault.envelopeTooSmall());
            }
            return (int) Math.min(asked, quotas.envelopeBytes());
        } catch (NumberFormatException e) {
            throw new FaultException(WsmanFault.schema());
        }
    }

    private static Map<String, String> named(@Nullable XmlElement set, String element) {
        if (set == null) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        for (XmlElement each : set.all(Names.WSMAN, element)) {
            values.put(each.attribute("Name"), each.text().strip());
        }
        return values;
    }

    boolean optionIs(String name, boolean wanted) {
        return Boolean.toString(wanted).equalsIgnoreCase(options.get(name));
    }
}
