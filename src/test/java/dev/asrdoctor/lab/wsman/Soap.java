package dev.asrdoctor.lab.wsman;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of a cmd shell, and what to look for in their answers. */
final class Soap {
    private static final String NAMESPACES = "xmlns:s='" + Names.SOAP + "' xmlns:a='" + Names.ADDRESSING + "' xmlns:w='"
            + Names.WSMAN + "' xmlns:r='" + Names.SHELL + "'";

    private Soap() {}

    static String request(String action, String header, String body) {
        return request(action, Names.CMD_SHELL, header, body);
    }

    static String request(String action, String resource, String header, String body) {
        return "<s:Envelope " + NAMESPACES + "><s:Header><a:Action>" + action
                + "</a:Action><a:MessageID>uuid:11111111-2222-3333-4444-555555555555</a:MessageID>"
                + "<a:To>http://127.0.0.1/wsman</a:To><w:ResourceURI>" + resource + "</w:ResourceURI>" + header
                + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }

    static String create() {
        return create("");
    }

    static String create(String more) {
        return request(
                Names.TRANSFER + "/Create",
                "",
                "<r:Shell>" + more
                        + "<r:InputStreams>stdin</r:InputStreams><r:OutputStreams>stdout stderr</r:OutputStreams></r:Shell>");
    }

    static String command(String shell, String line) {
        return request(
                Names.SHELL + "/Command",
                selector(shell),
                "<r:CommandLine><r:Command>" + line + "</r:Command></r:CommandLine>");
    }

    static String send(String shell, String command, byte[] data, boolean end) {
        return request(
                Names.SHELL + "/Send",
                selector(shell),
                "<r:Send><r:Stream Name='stdin' CommandId='" + command + "'" + (end ? " End='true'" : "") + ">"
                        + Base64.getEncoder().encodeToString(data) + "</r:Stream></r:Send>");
    }

    static String receive(String shell, String command, String header) {
        return request(
                Names.SHELL + "/Receive",
                selector(shell) + header,
                "<r:Receive><r:DesiredStream CommandId='" + command + "'>stdout stderr</r:DesiredStream></r:Receive>");
    }

    static String receive(String shell, String command) {
        return receive(shell, command, "");
    }

    static String signal(String shell, String command, String code) {
        return request(
                Names.SHELL + "/Signal",
                selector(shell),
                "<r:Signal CommandId='" + command + "'><r:Code>" + Names.SHELL + "/signal/" + code
                        + "</r:Code></r:Signal>");
    }

    static String delete(String shell) {
        return request(Names.TRANSFER + "/Delete", selector(shell), "");
    }

    static String get(String shell) {
        return request(Names.TRANSFER + "/Get", Names.SHELL, selector(shell), "");
    }

    static String timeout(String duration) {
        return "<w:OperationTimeout>" + duration + "</w:OperationTimeout>";
    }

    static String maxEnvelope(int bytes) {
        return "<w:MaxEnvelopeSize>" + bytes + "</w:MaxEnvelopeSize>";
    }

    private static String selector(String shell) {
        return "<w:SelectorSet><w:Selector Name='ShellId'>" + shell + "</w:Selector></w:SelectorSet>";
    }

    static String shellId(RawClient.Answer answer) {
        return first(answer.text(), "<rsp:ShellId>([^<]*)</rsp:ShellId>");
    }

    static String commandId(RawClient.Answer answer) {
        return first(answer.text(), "<rsp:CommandId>([^<]*)</rsp:CommandId>");
    }

    static long faultCode(RawClient.Answer answer) {
        return Long.parseLong(first(answer.text(), "(?:Code=\"|error_Code xsi:type=\"cim:cimUnsignedInt\">)([0-9]+)"));
    }

    static String state(RawClient.Answer answer) {
        return first(answer.text(), "CommandState/([A-Za-z]*)\"");
    }

    static long exitCode(RawClient.Answer answer) {
        return Long.parseLong(first(answer.text(), "<rsp:ExitCode>([0-9]*)<"));
    }

    static byte[] output(RawClient.Answer answer, String stream) {
        Matcher pieces = Pattern.compile("<rsp:Stream Name=\"" + stream + "\" CommandId=\"[^\"]*\">([^<]*)<")
                .matcher(answer.text());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (pieces.find()) {
            out.writeBytes(Base64.getDecoder().decode(pieces.group(1)));
        }
        return out.toByteArray();
    }

    static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
