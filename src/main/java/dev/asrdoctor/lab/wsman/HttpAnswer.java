package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * One HTTP answer. WinRM leaves the reason empty; HTTP.sys, which answers for it in some cases, does not.
 *
 * @param headers whole lines that go before Server and Date
 * @param close said in a header, and done
 */
record HttpAnswer(int status, String reason, List<String> headers, byte[] body, boolean close) {
    private static final byte[] EMPTY = new byte[0];

    static HttpAnswer soap(int status, byte[] envelope) {
        return typed(status, "application/soap+xml;charset=UTF-8", envelope);
    }

    static HttpAnswer typed(int status, String type, byte[] body) {
        return new HttpAnswer(status, "", List.of("Content-Type: " + type), body, false);
    }

    static HttpAnswer empty(int status, boolean close) {
        return new HttpAnswer(status, "", List.of(), EMPTY, close);
    }

    static HttpAnswer methodNotAllowed() {
        return new HttpAnswer(405, "", List.of("Allow: POST"), EMPTY, true);
    }

    static HttpAnswer unauthorized(Collection<Scheme> schemes) {
        List<String> offers = Stream.of(Scheme.values())
                .filter(schemes::contains)
                .map(scheme -> "WWW-Authenticate: " + scheme.challenge())
                .toList();
        return new HttpAnswer(401, "", offers, EMPTY, true);
    }

    static HttpAnswer challenge(String token) {
        return new HttpAnswer(401, "", List.of("WWW-Authenticate: Negotiate " + token), EMPTY, false);
    }

    static HttpAnswer ofHttpSys(int status, String reason) {
        byte[] page =
                ("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\"http://www.w3.org/TR/html4/strict.dtd\">\r\n"
                                + "<HTML><HEAD><TITLE>" + reason + "</TITLE>\r\n"
                                + "<META HTTP-EQUIV=\"Content-Type\" Content=\"text/html; charset=us-ascii\"></HEAD>\r\n"
                                + "<BODY><h2>" + reason + "</h2>\r\n<hr><p>HTTP Error " + status + ". " + reason
                                + ".</p>\r\n</BODY></HTML>\r\n")
                        .getBytes(US_ASCII);
        return new HttpAnswer(status, reason, List.of("Content-Type: text/html; charset=us-ascii"), page, true);
    }

    HttpAnswer with(String header) {
        return new HttpAnswer(
                status,
                reason,
                Stream.concat(headers.stream(), Stream.of(header)).toList(),
                body,
                close);
    }

    HttpAnswer closing() {
        return close ? this : new HttpAnswer(status, reason, headers, body, true);
    }

    /** The answer as it goes out, in one piece, so that it takes one packet where one is enough. */
    byte[] encode(String date) {
        StringBuilder head = new StringBuilder(320);
        head.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Server: Microsoft-HTTPAPI/2.0\r\nDate: ").append(date).append("\r\n");
        if (close) {
            head.append("Connection: close\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] bytes = new byte[head.length() + body.length];
        byte[] start = head.toString().getBytes(ISO_8859_1);
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(body, 0, bytes, start.length, body.length);
        return bytes;
    }
}
