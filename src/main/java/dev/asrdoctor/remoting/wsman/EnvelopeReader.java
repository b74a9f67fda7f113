package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.asrdoctor.remoting.wsman.WsmanAnswer.StreamPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelopes of the server in one pass. Elements are known by their local names: servers differ in prefixes and in what they leave out.
 */
final class EnvelopeReader {
    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";

    private final StringBuilder text = new StringBuilder();
    private final List<StreamPart> parts = new ArrayList<>();
    private @Nullable String relatesTo;
    private @Nullable String shellId;
    private @Nullable String commandId;
    private @Nullable Integer exitCode;
    private boolean done;
    private boolean shellIdSelector;
    private String stream = "";
    private String answer = "";
    private boolean inBody;
    private boolean fault;
    private long faultCode;
    private String subcode = "";
    private String reason = "";
    private String detail = "";
    private int detailDepth;

    private EnvelopeReader() {}

    /**
     * @param messageId of the request; an answer to another one is refused, an answer that does not say is accepted
     */
    static WsmanAnswer read(ByteBuffer body, String messageId) throws MalformedEnvelopeException {
        EnvelopeReader reader = new EnvelopeReader();
        reader.parse(new XmlReader(body));
        if (reader.relatesTo != null && !reader.relatesTo.equalsIgnoreCase(messageId)) {
            throw new MalformedEnvelopeException("it answers another request");
        }
        return reader.result();
    }

    private void parse(XmlReader xml) throws MalformedEnvelopeException {
        while (true) {
            switch (xml.next(text)) {
                case START -> {
                    if (xml.depth() == 1 && !(xml.localName().equals("Envelope") && SOAP.equals(xml.ownNamespace()))) {
                        throw new MalformedEnvelopeException("it is not a SOAP envelope");
                    }
                    start(xml, xml.depth());
                }
                case END -> end(xml.localName(), xml.depth() + 1);
                case TEXT -> {}
                case DONE -> {
                    return;
                }
            }
        }
    }

    private void start(XmlReader xml, int depth) throws MalformedEnvelopeException {
        String name = xml.localName();
        if (detailDepth == 0) {
            text.setLength(0);
        }
        if (depth == 2) {
            inBody = name.equals("Body");
        }
        if (depth == 3 && inBody && answer.isEmpty()) {
            answer = name;
            fault = name.equals("Fault");
        }
        switch (name) {
            case "Selector" -> shellIdSelector = "ShellId".equals(attribute(xml, "Name"));
            case "Stream" -> {
                stream = attribute(xml, "Name");
                ByteBuffer plain = xml.takePlainText().orElse(null);
                if (plain != null && plain.hasRemaining()) {
                    parts.add(new StreamPart(stream, decode(plain)));
                }
            }
            case "CommandState" -> done = attribute(xml, "State").endsWith("/CommandState/Done");
            case "WSManFault" -> {
                if (faultCode == 0) {
                    faultCode = number(attribute(xml, "Code"));
                }
            }
            case "Message" -> {
                if (fault && detailDepth == 0) {
                    detailDepth = depth;
                }
            }
            case "ExtendedError" -> {
                if (detailDepth > 0) {
                    finishDetail();
                }
            }
            default -> {}
        }
    }

    private void end(String name, int depth) throws MalformedEnvelopeException {
        if (depth == detailDepth) {
            finishDetail();
        }
        switch (name) {
            case "RelatesTo" -> relatesTo = word();
            case "Selector" -> {
                if (shellIdSelector && shellId == null) {
                    shellId = word();
                }
            }
            case "ShellId" -> {
                if (shellId == null) {
                    shellId = word();
                }
            }
            case "CommandId" -> commandId = word();
            case "ExitCode" -> exitCode = exitCode(word());
            case "Stream" -> {
                if (!text.isEmpty()) {
                    parts.add(new StreamPart(stream, decode(text.toString())));
                }
            }
            case "Value" -> {
                if (fault && reason.isEmpty()) {
                    String value = word();
                    subcode = value.substring(value.indexOf(':') + 1);
                }
            }
            case "Text" -> {
                if (fault && reason.isEmpty()) {
                    reason = Words.clean(text.toString());
                }
            }
            case "error_Code" -> {
                if (faultCode == 0) {
                    faultCode = number(word());
                }
            }
            default -> {}
        }
    }

    private void finishDetail() {
        if (detail.isEmpty()) {
            detail = Words.clean(text.toString());
        }
        detailDepth = 0;
    }

    private WsmanAnswer result() throws MalformedEnvelopeException {
        if (fault) {
            return new WsmanAnswer.Fault(new WsmanFault(faultCode, subcode, detail.isEmpty() ? reason : detail));
        }
        return switch (answer) {
            case "ResourceCreated", "Shell" -> new WsmanAnswer.ShellCreated(present(shellId, "a shell id"));
            case "CommandResponse" -> new WsmanAnswer.CommandStarted(present(commandId, "a command id"));
            case "ReceiveResponse" -> new WsmanAnswer.Received(parts, done, exitCode);
            case "SendResponse", "SignalResponse", "" -> new WsmanAnswer.Acknowledged();
            default -> throw new MalformedEnvelopeException("it says '" + Words.clean(answer) + "'");
        };
    }

    private static String present(@Nullable String id, String what) throws MalformedEnvelopeException {
        if (id == null || id.isEmpty()) {
            throw new MalformedEnvelopeException("it has not " + what);
        }
        return id;
    }

    private String word() {
        return text.toString().strip();
    }

    private static byte[] decode(ByteBuffer encoded) throws MalformedEnvelopeException {
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(encoded.duplicate());
            byte[] bytes = decoded.array();
            int from = decoded.arrayOffset() + decoded.position();
            return from == 0 && decoded.remaining() == bytes.length
                    ? bytes
                    : Arrays.copyOfRange(bytes, from, from + decoded.remaining());
        } catch (IllegalArgumentException e) {
            // Some servers break it into lines.
            return decode(ISO_8859_1.decode(encoded).toString());
        }
    }

    private static byte[] decode(String encoded) throws MalformedEnvelopeException {
        try {
            return Base64.getDecoder().decode(encoded.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedEnvelopeException("its output is not base64");
        }
    }

    private static String attribute(XmlReader xml, String name) throws MalformedEnvelopeException {
        String value = xml.attribute(name);
        return value == null ? "" : value;
    }

    /** A Windows error number, which servers write as an unsigned, negative or hexadecimal number of 32 bits. */
    private static long number(String digits) {
        try {
            return Long.decode(Strings.CI.startsWith(digits, "0x") ? digits : String.valueOf(Long.parseLong(digits)))
                    & 0xffffffffL;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int exitCode(String digits) throws MalformedEnvelopeException {
        try {
            return (int) Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new MalformedEnvelopeException("its exit code is no number");
        }
    }
}
