package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.Access.Proxy;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.ProxyFailed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A tunnel through an HTTP proxy (CONNECT), also for plain HTTP: Kerberos and NTLM log a connection on, and a proxy that
 * forwards requests one by one shares its connections among its clients.
 */
final class ProxyTunnel {
    private static final int LONGEST_HEAD = 16 * 1024;

    private ProxyTunnel() {}

    static void open(Socket socket, Proxy proxy, Endpoint endpoint) throws IOException, RemotingException {
        String target = endpoint.authority();
        socket.getOutputStream()
                .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(US_ASCII));
        String head = head(socket.getInputStream(), proxy);
        String[] words = head.split("\\s+", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new RemotingException(new ProxyFailed(proxy.toString(), 0, "its answer is not HTTP"));
        }
        int status = Integer.parseInt(words[1]);
        if (status / 100 != 2) {
            throw new RemotingException(new ProxyFailed(proxy.toString(), status, ""));
        }
    }

    /** Byte by byte, since what follows the head belongs to the server. */
    private static String head(InputStream in, Proxy proxy) throws IOException, RemotingException {
        StringBuilder head = new StringBuilder();
        byte[] one = new byte[1];
        while (head.length() < LONGEST_HEAD) {
            if (in.read(one) < 0) {
                throw new EOFException("the proxy closed the connection");
            }
            head.append(new String(one, ISO_8859_1));
            if (one[0] == '\n' && (head.indexOf("\r\n\r\n") >= 0 || head.indexOf("\n\n") >= 0)) {
                return head.toString();
            }
        }
        throw new RemotingException(new ProxyFailed(proxy.toString(), 0, "its answer has no end"));
    }
}
