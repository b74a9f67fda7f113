package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import java.time.Duration;
import java.util.Base64;

/** The requests of the cmd shell's life cycle as text (MS-WSMV 3.1.4). */
final class Envelopes {
    /** Largest piece of standard input that fits, as base64 and with the headers, into {@link #MAX_ENVELOPE_SIZE}. */
    static final int STDIN_CHUNK = 96 * 1024;

    static final int MAX_ENVELOPE_SIZE = 153_600;

    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
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
            <w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd</w:ResourceURI>\
            """;

    private final String opening;

    /** @param sessionId of the whole session, with its {@code uuid:} */
    Envelopes(Endpoint endpoint, String sessionId) {
        String host = endpoint.host().indexOf(':') >= 0 ? '[' + endpoint.host() + ']' : endpoint.host();
        String to = (endpoint.tls() ? "https://" : "http://") + host + ':' + endpoint.port() + endpoint.path();
        this.opening = OPENING + "<p:SessionId s:mustUnderstand=\"false\">" + sessionId + "</p:SessionId><a:To>"
                + escape(to) + "</a:To>";
    }

    String create(String messageId, Duration timeout, Duration idleTimeout) {
        return head(TRANSFER + "Create", messageId, timeout, 1024)
                .append("<w:OptionSet s:mustUnderstand=\"true\"><w:Option Name=\"WINRS_NOPROFILE\">TRUE</w:Option>")
                .append("<w:Option Name=\"WINRS_CODEPAGE\">65001</w:Option></w:OptionSet></s:Header>")
                .append("<s:Body><rsp:Shell><rsp:IdleTimeOut>")
                .append(seconds(idleTimeout))
                .append("</rsp:IdleTimeOut><rsp:InputStreams>stdin</rsp:InputStreams>")
                .append("<rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell></s:Body></s:Envelope>")
                .toString();
    }

    String command(String messageId, Duration timeout, String shellId, String commandLine) {
        return selector(head(SHELL + "/Command", messageId, timeout, 1024), shellId)
                .append(
                        "<w:OptionSet s:mustUnderstand=\"true\"><w:Option Name=\"WINRS_CONSOLEMODE_STDIN\">FALSE</w:Option>")
                .append("<w:Option Name=\"WINRS_SKIP_CMD_SHELL\">FALSE</w:Option></w:OptionSet></s:Header>")
                .append("<s:Body><rsp:CommandLine><rsp:Command>")
                .append(escape(commandLine))
                .append("</rsp:Command></rsp:CommandLine></s:Body></s:Envelope>")
                .toString();
    }

    String send(String messageId, Duration timeout, String shellId, String commandId, byte[] chunk, boolean last) {
        return selector(head(SHELL + "/Send", messageId, timeout, 1024 + chunk.length * 4 / 3), shellId)
                .append("</s:Header><s:Body><rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"")
                .append(escape(commandId))
                .append(last ? "\" End=\"true\">" : "\">")
                .append(Base64.getEncoder().encodeToString(chunk))
                .append("</rsp:Stream></rsp:Send></s:Body></s:Envelope>")
                .toString();
    }

    String receive(String messageId, Duration timeout, String shellId, String commandId) {
        return selector(head(SHELL + "/Receive", messageId, timeout, 1024), shellId)
                .append("<w:OptionSet s:mustUnderstand=\"true\">")
                .append("<w:Option Name=\"WSMAN_CMDSHELL_OPTION_KEEPALIVE\">TRUE</w:Option></w:OptionSet></s:Header>")
                .append("<s:Body><rsp:Receive><rsp:DesiredStream CommandId=\"")
                .append(escape(commandId))
                .append("\">stdout stderr</rsp:DesiredStream></rsp:Receive></s:Body></s:Envelope>")
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
