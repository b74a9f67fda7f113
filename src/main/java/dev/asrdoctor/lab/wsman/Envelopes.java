package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes answers with the elements, prefixes and order of recorded hosts. */
final class Envelopes {
    private static final String OPEN =
            "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + Names.SOAP + "\" xmlns:a=\"" + Names.ADDRESSING + "\"";
    private static final String X = " xmlns:x=\"" + Names.TRANSFER + "\"";
    private static final String EN = " xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\""
            + " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"";
    private static final String W = " xmlns:w=\"" + Names.WSMAN + "\"";
    private static final String RSP = " xmlns:rsp=\"" + Names.SHELL + "\"";
    private static final String P = " xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\"";

    private final HostIdentity host;
    private final RandomGenerator random;

    Envelopes(HostIdentity host, RandomGenerator random) {
        this.host = host;
        this.random = random;
    }

    /** Which namespaces an envelope declares goes by the kind of answer. */
    enum Kind {
        SHELL(X + W + RSP + P),
        RECEIVE(W + RSP + P),
        DELETE(W + P),
        FAULT(X + EN + W + P);

        private final String declarations;

        Kind(String declarations) {
            this.declarations = declarations;
        }
    }

    String newId() {
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    byte[] answer(Kind kind, SoapRequest request, CharSequence body) {
        return envelope(kind, request.action() + "Response", request.messageId(), body);
    }

    byte[] fault(WsmanFault fault, String machine, @Nullable String relatesTo) {
        return envelope(Kind.FAULT, Names.FAULT_ACTION, relatesTo, FaultXml.of(fault, machine));
    }

    private byte[] envelope(Kind kind, String action, @Nullable String relatesTo, CharSequence body) {
        StringBuilder xml = new StringBuilder(1200 + body.length());
        xml.append(OPEN).append(kind.declarations).append("><s:Header><a:Action>");
        xml.append(Xml.escape(action)).append("</a:Action><a:MessageID>uuid:").append(newId());
        xml.append("</a:MessageID>");
        if (host.activityIds()) {
            xml.append("<p:ActivityId>").append(newId()).append("</p:ActivityId>");
        }
        xml.append("<a:To>").append(Names.ANONYMOUS).append("</a:To>");
        if (relatesTo != null) {
            xml.append("<a:RelatesTo>").append(Xml.escape(relatesTo)).append("</a:RelatesTo>");
        }
        xml.append("</s:Header><s:Body>").append(body).append("</s:Body></s:Envelope>");
        return xml.toString().getBytes(UTF_8);
    }

    /** @param authenticated strangers do not learn the version */
    byte[] identity(boolean authenticated) {
        String os = authenticated ? host.osVersion() : "0.0.0";
        return ("<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + Names.SOAP + "\"><s:Header/><s:Body>"
                        + "<wsmid:IdentifyResponse xmlns:wsmid=\"" + Names.IDENTITY + "\"><wsmid:ProtocolVersion>"
                        + Names.WSMAN
                        + "</wsmid:ProtocolVersion><wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor>"
                        + "<wsmid:ProductVersion>OS: " + os + " SP: 0.0 Stack: 3.0</wsmid:ProductVersion>"
                        + "</wsmid:IdentifyResponse></s:Body></s:Envelope>")
                .getBytes(UTF_8);
    }
}
