package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Well-formed answers of a host, for what no recording shows. */
final class Simulated {
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";

    private Simulated() {}

    static FakeHost.Reply reply(String action, String request) {
        return switch (action) {
            case "Create" ->
                ok(
                        request,
                        "<x:ResourceCreated><w:SelectorSet><w:Selector Name=\"ShellId\">S-1</w:Selector></w:SelectorSet></x:ResourceCreated>");
            case "Command" ->
                ok(request, "<rsp:CommandResponse><rsp:CommandId>C-1</rsp:CommandId></rsp:CommandResponse>");
            case "Send" -> ok(request, "<rsp:SendResponse/>");
            case "Signal" -> ok(request, "<rsp:SignalResponse/>");
            case "Receive" -> done(request, "", 0);
            default -> ok(request, "");
        };
    }

    static FakeHost.Reply output(String request, String stream, byte[] data) {
        return ok(
                request,
                "<rsp:ReceiveResponse>" + stream(stream, data) + state("Running", "") + "</rsp:ReceiveResponse>");
    }

    static FakeHost.Reply done(String request, String stdout, int exitCode) {
        return ok(
                request,
                "<rsp:ReceiveResponse>" + stream("stdout", stdout.getBytes(UTF_8))
                        + state("Done", "<rsp:ExitCode>" + exitCode + "</rsp:ExitCode>") + "</rsp:ReceiveResponse>");
    }

    static FakeHost.Reply nothingYet(String request) {
        return fault(request, 2150858793L);
    }

    static FakeHost.Reply fault(String request, long code) {
        return new FakeHost.Reply(
                500,
                envelope(
                        request,
                        "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>simulated</s:Text></s:Reason>"
                                + "<s:Detail><f:WSManFault xmlns:f=\"f\" Code=\"" + code
                                + "\"/></s:Detail></s:Fault>"));
    }

    static FakeHost.Reply ok(String request, String body) {
        return new FakeHost.Reply(200, envelope(request, body));
    }

    private static String stream(String name, byte[] data) {
        return "<rsp:Stream Name=\"" + name + "\" CommandId=\"C-1\">"
                + Base64.getEncoder().encodeToString(data) + "</rsp:Stream>";
    }

    private static String state(String state, String more) {
        return "<rsp:CommandState CommandId=\"C-1\" State=\"" + SHELL + "/CommandState/" + state + "\">" + more
                + "</rsp:CommandState>";
    }

    private static String envelope(String request, String body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\" xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
                + " xmlns:rsp=\"" + SHELL + "\"><s:Header><a:RelatesTo>" + RecordedHost.messageId(request)
                + "</a:RelatesTo></s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }
}
