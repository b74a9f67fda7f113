package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Script;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests of a shell's life cycle as text (MS-WSMV 3.1.4). */
final class Envelopes {
    /** Largest piece of standard input that fits, as base64 and with the headers, into {@link #MAX_ENVELOPE_SIZE}. */
    static final int STDIN_CHUNK = 111 * 1024;

    static final int MAX_ENVELOPE_SIZE = 153_600;

    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
    private static final Map<String, String> KEEP_ALIVE = Map.of("WSMAN_CMDSHELL_OPTION_KEEPALIVE", "TRUE");
    private static final String OPENING = """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
            xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
            xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
            xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" \
            xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"><s:Header>\
            <a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>\
            <w:MaxEnvelopeSize s:mustUnderstand="true">153600</w:MaxEnvelopeSize>\
            <w:Locale s:mustUnderstand="false" xml:lang="en-US"/>\
            <p:DataLocale s:mustUnderstand="false" xml:lang="en-US"/>\
            """;

    private static final String SENT = "</rsp:Stream></rsp:Send></s:Body></s:Envelope>";

    private final String opening;
    private final ShellType type;

    /** @param sessionId of the whole session, with its {@code uuid:} */
    Envelopes(Endpoint endpoint, String sessionId, ShellType type) {
        this.type = type;
        String to = (endpoint.tls() ? "https://" : "http://") + endpoint.authority() + endpoint.path();
        this.opening = OPENING + "<w:ResourceURI s:mustUnderstand=\"true\">" + escape(type.resourceUri())
                + "</w:ResourceURI><p:SessionId s:mustUnderstand=\"false\">" + sessionId + "</p:SessionId><a:To>"
                + escape(to) + "</a:To>";
    }

    /** @param startup XML for the kind of shell alone, behind everything that all shells have; empty where it needs none */
    String create(String messageId, Duration timeout, Duration idleTimeout, String startup) {
        StringBuilder envelope = head(TRANSFER + "Create", messageId, timeout, 1024 + startup.length());
        options(envelope, type.createOptions());
        return envelope.append("</s:Header><s:Body><rsp:Shell><rsp:IdleTimeOut>")
                .append(seconds(idleTimeout))
                .append("</rsp:IdleTimeOut><rsp:InputStreams>")
                .append(type.inputStreams())
                .append("</rsp:InputStreams><rsp:OutputStreams>")
                .append(type.outputStreams())
                .append("</rsp:OutputStreams>")
                .append(startup)
                .append("</rsp:Shell></s:Body></s:Envelope>")
                .toString();
    }

    /** @param commandId chosen here, or null where the server chooses it */
    String command(
            String messageId,
            Duration timeout,
            String shellId,
            @Nullable String commandId,
            String command,
            List<String> arguments) {
        StringBuilder envelope = selector(head(SHELL + "/Command", messageId, timeout, 1024), shellId);
        options(envelope, type.commandOptions());
        envelope.append("</s:Header><s:Body><rsp:CommandLine")
                .append(commandId == null ? ">" : " CommandId=\"" + escape(commandId) + "\">")
                .append("<rsp:Command>")
                .append(escape(command))
                .append("</rsp:Command>");
        arguments.forEach(argument ->
                envelope.append("<rsp:Arguments>").append(escape(argument)).append("</rsp:Arguments>"));
        return envelope.append("</rsp:CommandLine></s:Body></s:Envelope>").toString();
    }

    String send(
            String messageId,
            Duration timeout,
            String shellId,
            String commandId,
            String stream,
            byte[] chunk,
            boolean last) {
        return sending(messageId, timeout, shellId, commandId, stream, last, chunk.length * 4 / 3)
                .append(Base64.getEncoder().encodeToString(chunk))
                .append(SENT)
                .toString();
    }

    /** All of a script as the standard input of a command; the part that scripts have in common is not copied. */
    Envelope send(String messageId, Duration timeout, String shellId, String commandId, Script script) {
        return new Envelope(List.of(
                sending(messageId, timeout, shellId, commandId, "stdin", true, 0)
                        .toString()
                        .getBytes(UTF_8),
                script.headInBase64(),
                script.restInBase64(),
                SENT.getBytes(UTF_8)));
    }

    private StringBuilder sending(
            String messageId,
            Duration timeout,
            String shellId,
            String commandId,
            String stream,
            boolean last,
            int more) {
        return selector(head(SHELL + "/Send", messageId, timeout, 1024 + more), shellId)
                .append("</s:Header><s:Body><rsp:Send><rsp:Stream Name=\"")
                .append(escape(stream))
                .append("\" CommandId=\"")
                .append(escape(commandId))
                .append(last ? "\" End=\"true\">" : "\">");
    }

    /** @param commandId null: what the shell itself says */
    String receive(String messageId, Duration timeout, String shellId, @Nullable String commandId) {
        StringBuilder envelope = selector(head(SHELL + "/Receive", messageId, timeout, 1024), shellId);
        options(envelope, KEEP_ALIVE);
        return envelope.append("</s:Header><s:Body><rsp:Receive><rsp:DesiredStream")
                .append(commandId == null ? ">" : " CommandId=\"" + escape(commandId) + "\">")
                .append(type.outputStreams())
                .append("</rsp:DesiredStream></rsp:Receive></s:Body></s:Envelope>")
                .toString();
    }

    /** Ends the command and whatever it started; also the polite end of one that has finished. */
    String terminate(String messageId, Duration timeout, String shellId, String commandId) {
        return selector(head(SHELL + "/Signal", messageId, timeout, 1024), shellId)
                .append("</s:Header><s:Body><rsp:Signal CommandId=\"")
                .append(escape(commandId))
                .append("\"><rsp:Code>" + SHELL + "/signal/terminate</rsp:Code></rsp:Signal></s:Body></s:Envelope>")
                .toString();
    }

    String delete(String messageId, Duration timeout, String shellId) {
        return selector(head(TRANSFER + "Delete", messageId, timeout, 512), shellId)
                .append("</s:Header><s:Body/></s:Envelope>")
                .toString();
    }

    private StringBuilder head(String action, String messageId, Duration timeout, int more) {
        return new StringBuilder(opening.length() + 512 + more)
                .append(opening)
                .append("<a:Action s:mustUnderstand=\"true\">")
                .append(action)
                .append("</a:Action><a:MessageID>")
                .append(messageId)
                .append("</a:MessageID><w:OperationTimeout>")
                .append(seconds(timeout))
                .append("</w:OperationTimeout>");
    }

    private static StringBuilder selector(StringBuilder envelope, String shellId) {
        return envelope.append("<w:SelectorSet><w:Selector Name=\"ShellId\">")
                .append(escape(shellId))
                .append("</w:Selector></w:SelectorSet>");
    }

    private static void options(StringBuilder envelope, Map<String, String> options) {
        if (options.isEmpty()) {
            return;
        }
        envelope.append("<w:OptionSet s:mustUnderstand=\"true\">");
        new TreeMap<>(options)
                .forEach((name, value) -> envelope.append("<w:Option Name=\"")
                        .append(escape(name))
                        .append("\">")
                        .append(escape(value))
                        .append("</w:Option>"));
        envelope.append("</w:OptionSet>");
    }

    /** Such as {@code PT20.000S}. */
    private static String seconds(Duration duration) {
        String millis = Integer.toString(1000 + duration.toMillisPart());
        return "PT" + duration.toSeconds() + '.' + millis.substring(1) + 'S';
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
