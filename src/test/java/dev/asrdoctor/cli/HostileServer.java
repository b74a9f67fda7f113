package dev.asrdoctor.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/** A server that takes Basic over plain HTTP and does something else than WinRM does. */
final class HostileServer implements AutoCloseable {
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final Pattern NONCE = Pattern.compile("\"nonce\":\"([0-9a-f]+)\"");

    /** One answer to one request. */
    interface Behaviour {
        void answer(Asked asked, OutputStream out) throws Exception;
    }

    /**
     * A request.
     *
     * @param operation the last word of the SOAP action
     * @param authorization the header, empty where there is none
     * @param input standard input of the command so far
     */
    record Asked(String operation, String messageId, String authorization, String input, Socket socket) {
        boolean is(String name) {
            return operation.equals(name);
        }
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    HostileServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        open.incrementAndGet();
        StringBuilder input = new StringBuilder();
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                int length = 0;
                String authorization = "";
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(line.substring(15).strip());
                    } else if (line.toLowerCase(Locale.ROOT).startsWith("authorization:")) {
                        authorization = line.substring(14).strip();
                    }
                }
                String body = new String(in.readNBytes(length), UTF_8);
                requests.incrementAndGet();
                String action = StringUtils.substringBefore(StringUtils.substringAfter(body, "Action"), "</");
                String operation = StringUtils.substringAfterLast(action, "/");
                if (operation.equals("Send")) {
                    String stream = StringUtils.substringBetween(body, "<rsp:Stream ", "</rsp:Stream>");
                    input.append(
                            new String(Base64.getDecoder().decode(StringUtils.substringAfter(stream, ">")), US_ASCII));
                }
                String id = StringUtils.substringBetween(body, "<a:MessageID>", "</a:MessageID>");
                behaviour.answer(new Asked(operation, id, authorization, input.toString(), socket), out);
            }
        } catch (Exception e) {
            // The client has given up, or the test is over.
        } finally {
            open.decrementAndGet();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the client has gone");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** What WinRM answers, with an output that is at its end. */
    static void ordinary(Asked asked, OutputStream out, byte[] output) throws IOException {
        out.write(http(
                "Content-Type: application/soap+xml;charset=UTF-8\r\n",
                switch (asked.operation()) {
                    case "Create" -> soap(asked, "<rsp:Shell><rsp:ShellId>S1</rsp:ShellId></rsp:Shell>");
                    case "Command" ->
                        soap(asked, "<rsp:CommandResponse><rsp:CommandId>C1</rsp:CommandId></rsp:CommandResponse>");
                    case "Send" -> soap(asked, "<rsp:SendResponse/>");
                    case "Receive" -> received(asked, output, true);
                    default -> soap(asked, "<rsp:SignalResponse/>");
                }));
        out.flush();
    }

    static String received(Asked asked, byte[] output, boolean done) {
        return soap(
                asked,
                "<rsp:ReceiveResponse>"
                        + (output.length == 0
                                ? ""
                                : "<rsp:Stream Name=\"stdout\" CommandId=\"C1\">"
                                        + Base64.getEncoder().encodeToString(output) + "</rsp:Stream>")
                        + (done
                                ? "<rsp:CommandState CommandId=\"C1\" State=\"" + SHELL
                                        + "/CommandState/Done\"><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>"
                                : "")
                        + "</rsp:ReceiveResponse>");
    }

    static String soap(Asked asked, String body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:rsp=\"" + SHELL
                + "\"><s:Header><a:RelatesTo>" + asked.messageId() + "</a:RelatesTo></s:Header><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    static byte[] http(String headers, String body) {
        return ("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** The framed answer of a script. */
    static byte[] framed(Asked asked, String facts) throws Exception {
        Matcher nonce = NONCE.matcher(asked.input());
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String json = facts.replaceFirst(
                "\\{", Matcher.quoteReplacement("{\"clockAtStart\":\"" + now + "\",\"clockAtEnd\":\"" + now + "\","));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(ISO_8859_1));
        return ("ASRDOCTOR-ANSWER 1 " + (nonce.find() ? nonce.group(1) : "") + " " + json.length() + " "
                        + HexFormat.of().formatHex(hash) + " " + json + " ASRDOCTOR-END\r\n")
                .getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
