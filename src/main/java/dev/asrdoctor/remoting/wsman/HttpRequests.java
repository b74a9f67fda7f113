package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The POST requests to one endpoint, each in as few pieces as possible so that it leaves in few packets. */
final class HttpRequests {
    static final String SOAP_TYPE = "application/soap+xml;charset=UTF-8";

    private static final int LARGE = 16 * 1024;

    private final String opening;

    HttpRequests(Endpoint endpoint) {
        opening = "POST " + target(endpoint.path()) + " HTTP/1.1\r\nHost: " + endpoint.authority()
                + "\r\nUser-Agent: asrdoctor\r\nConnection: Keep-Alive\r\n";
    }

    byte[] post(String contentType, @Nullable String authorization, byte[] body) {
        return request(contentType, authorization == null ? "" : "Authorization: " + authorization + "\r\n", body);
    }

    /** @param body in pieces; a large one is not copied */
    Queue<byte[]> post(String contentType, @Nullable String authorization, List<byte[]> body) {
        String more = authorization == null ? "" : "Authorization: " + authorization + "\r\n";
        Queue<byte[]> request = new ArrayDeque<>();
        List<byte[]> small = new ArrayList<>();
        small.add(head(contentType, more, length(body)));
        for (byte[] piece : body) {
            if (piece.length < LARGE) {
                small.add(piece);
            } else {
                request.add(together(small));
                request.add(piece);
                small.clear();
            }
        }
        if (!small.isEmpty()) {
            request.add(together(small));
        }
        return request;
    }

    private static byte[] together(List<byte[]> pieces) {
        byte[] all = new byte[length(pieces)];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    private static int length(List<byte[]> pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        return length;
    }

    /** Asks who is there, without an account (DSP0226, 11). */
    byte[] identify(byte[] body) {
        return request(SOAP_TYPE, "WSMANIDENTIFY: unauthenticated\r\n", body);
    }

    private byte[] request(String contentType, String more, byte[] body) {
        return together(List.of(head(contentType, more, body.length), body));
    }

    private byte[] head(String contentType, String more, int length) {
        return (opening + "Content-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n" + more + "\r\n")
                .getBytes(US_ASCII);
    }

    /** Escapes whatever could break out of the request line. */
    private static String target(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL path: " + path, e);
        }
    }
}
