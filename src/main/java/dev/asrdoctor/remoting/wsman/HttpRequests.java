package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asrdoctor.remoting.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The POST requests to one endpoint, each as one piece of bytes so that it leaves in as few packets as possible. */
final class HttpRequests {
    static final String SOAP_TYPE = "application/soap+xml;charset=UTF-8";

    private final String opening;

    HttpRequests(Endpoint endpoint) {
        opening = "POST " + target(endpoint.path()) + " HTTP/1.1\r\nHost: " + endpoint.authority()
                + "\r\nUser-Agent: asrdoctor\r\nConnection: Keep-Alive\r\n";
    }

    byte[] post(String contentType, @Nullable String authorization, byte[] body) {
        return request(contentType, authorization == null ? "" : "Authorization: " + authorization + "\r\n", body);
    }

    /** Asks who is there, without an account (DSP0226, 11). */
    byte[] identify(byte[] body) {
        return request(SOAP_TYPE, "WSMANIDENTIFY: unauthenticated\r\n", body);
    }

    private byte[] request(String contentType, String more, byte[] body) {
        StringBuilder head = new StringBuilder(512)
                .append(opening)
                .append("Content-Type: ")
                .append(contentType)
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n")
                .append(more);
        byte[] bytes = head.append("\r\n").toString().getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
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
