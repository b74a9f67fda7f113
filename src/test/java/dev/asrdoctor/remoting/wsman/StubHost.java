package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.ntlm.ChallengeMessage;
import dev.asrdoctor.remoting.ntlm.NtlmAcceptor;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A WinRM that answers as it should, in clear text, but for what a test makes of its bytes. It takes anybody: Basic with any
 * password, NTLM without looking at it.
 */
final class StubHost implements AutoCloseable {
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";

    /** Makes other bytes of an ordinary answer; null hangs up. */
    interface Change {
        byte @Nullable [] of(String operation, int time, byte[] ordinary);
    }

    private final Peer peer;
    private final Change change;
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    /** Each request's operation, in order. */
    final List<String> operations = new CopyOnWriteArrayList<>();

    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();

    StubHost(Change change) throws IOException {
        this.change = change;
        this.peer = new Peer(this::serve);
    }

    /** @param time from 1 on, or 0 for every time */
    static StubHost answering(String operation, int time, byte[] answer) throws IOException {
        return new StubHost((asked, count, ordinary) ->
                asked.equals(operation) && (time == 0 || count == time) ? answer : ordinary);
    }

    private void serve(Socket socket) throws IOException {
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
        for (FakeHost.Request request = FakeHost.read(in); request != null; request = FakeHost.read(in)) {
            heads.add(request.head());
            bodies.add(new String(request.body(), UTF_8));
            String operation = operation(request);
            operations.add(operation);
            byte[] answer = change.of(operation, times.merge(operation, 1, Integer::sum), ordinary(operation, request));
            if (answer == null) {
                return;
            }
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            String head = new String(answer, ISO_8859_1);
            if (head.contains("\r\nConnection: close\r\n") || head.startsWith("HTTP/1.0")) {
                return;
            }
        }
    }

    private static String operation(FakeHost.Request request) {
        if (request.head().contains("WSMANIDENTIFY")) {
            return "Identify";
        }
        if (!request.head().contains("Authorization:") && request.body().length == 0) {
            return "Anonymous";
        }
        if (request.head().contains("Authorization: Negotiate")) {
            return request.token()[8] == 1 ? "Type1" : "Type3";
        }
        String envelope = new String(request.body(), UTF_8);
        return envelope.contains("Action") ? FakeHost.actionOf(envelope) : "Sealed";
    }

    private static byte[] ordinary(String operation, FakeHost.Request request) throws IOException {
        String to = between(new String(request.body(), UTF_8), "MessageID>", "<");
        return switch (operation) {
            case "Identify" ->
                http(
                        200,
                        "",
                        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:i=\"http://schemas.dmtf.org/wbem/wsman"
                                + "/identity/1/wsmanidentity.xsd\"><s:Body><i:IdentifyResponse><i:ProductVendor>Microsoft Corporation"
                                + "</i:ProductVendor><i:ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0</i:ProductVersion>"
                                + "</i:IdentifyResponse></s:Body></s:Envelope>");
            case "Anonymous" ->
                http(401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"WSMAN\"\r\n", "");
            case "Type1" -> http(401, "WWW-Authenticate: Negotiate " + challenge() + "\r\n", "");
            case "Type3" -> http(200, "", "");
            case "Create" -> soap(200, to, "<rsp:Shell><rsp:ShellId>S1</rsp:ShellId></rsp:Shell>");
            case "Command" ->
                soap(200, to, "<rsp:CommandResponse><rsp:CommandId>C1</rsp:CommandId></rsp:CommandResponse>");
            case "Send" -> soap(200, to, "<rsp:SendResponse/>");
            case "Receive" -> received(to, "hi", "", "0");
            default -> soap(200, to, "<rsp:SignalResponse/>");
        };
    }

    static String challenge() {
        return Base64.getEncoder()
                .encodeToString(
                        new ChallengeMessage(NtlmFlags.CLIENT, "PS01", new byte[8], NtlmAcceptor.standalone("PS01"))
                                .encode());
    }

    /** @param exitCode empty leaves it out */
    static byte[] received(String to, String out, String err, String exitCode) {
        return soap(
                200,
                to,
                "<rsp:ReceiveResponse>" + stream("stdout", out) + stream("stderr", err)
                        + "<rsp:CommandState CommandId=\"C1\" State=\"" + SHELL + "/CommandState/Done\">"
                        + (exitCode.isEmpty() ? "" : "<rsp:ExitCode>" + exitCode + "</rsp:ExitCode>")
                        + "</rsp:CommandState></rsp:ReceiveResponse>");
    }

    private static String stream(String name, String text) {
        return text.isEmpty()
                ? ""
                : "<rsp:Stream Name=\"" + name + "\" CommandId=\"C1\">"
                        + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "</rsp:Stream>";
    }

    static byte[] fault(long code, String text) {
        return soap(
                500,
                "",
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>" + text
                        + "</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\""
                        + " Code=\"" + code + "\"><f:Message>" + text
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>");
    }

    static byte[] soap(int status, String to, String body) {
        return http(
                status,
                "",
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/"
                        + "addressing\" xmlns:rsp=\"" + SHELL + "\"><s:Header>"
                        + (to.isEmpty() ? "" : "<a:RelatesTo>" + to + "</a:RelatesTo>")
                        + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>");
    }

    static byte[] http(int status, String headers, String body) {
        return http(
                status,
                headers + (body.isEmpty() ? "" : "Content-Type: application/soap+xml;charset=UTF-8\r\n")
                        + "Server: Microsoft-HTTPAPI/2.0\r\n",
                body.getBytes(UTF_8));
    }

    static byte[] http(int status, String headers, byte[] body) {
        return FakeHost.concat(
                ("HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(US_ASCII),
                body);
    }

    /** A page as HTTP.sys writes it. */
    static byte[] page(int status, String heading) {
        String body =
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>"
                        + "<BODY><h2>" + heading + "</h2><hr><p>HTTP Error " + status + ".</p></BODY></HTML>";
        return http(
                status,
                "Content-Type: text/html; charset=us-ascii\r\nServer: Microsoft-HTTPAPI/2.0\r\nConnection: close\r\n",
                body.getBytes(UTF_8));
    }

    static byte[] replaced(byte[] answer, String what, String by) {
        return new String(answer, ISO_8859_1).replaceFirst(what, by).getBytes(ISO_8859_1);
    }

    private static String between(String text, String from, String to) {
        int at = text.indexOf(from);
        return at < 0 ? "" : text.substring(at + from.length(), text.indexOf(to, at + from.length()));
    }

    Endpoint endpoint(Scheme scheme) {
        return peer.endpoint(scheme);
    }

    int port() {
        return peer.port();
    }

    int connections() {
        return peer.connections.get();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
