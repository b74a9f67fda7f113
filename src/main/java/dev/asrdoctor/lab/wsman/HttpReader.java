package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one connection (RFC 9112). */
final class HttpReader {
    /** What HTTP.sys takes in request line and headers (MaxRequestBytes). */
    private static final int HEAD_LIMIT = 16 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final int bodyLimit;
    private final byte[] buffer = new byte[4096];
    private int at;
    private int end;
    private int headBytes;

    HttpReader(InputStream in, OutputStream out, int bodyLimit) {
        this.in = in;
        this.out = out;
        this.bodyLimit = bodyLimit;
    }

    /** Null where the client has closed the connection between two requests. */
    @Nullable HttpRequest next() throws IOException, HttpRefusal {
        headBytes = 0;
        String start = line();
        while (start != null && start.isEmpty()) {
            start = line();
        }
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.") || parts[1].isEmpty()) {
            throw new HttpRefusal(400, "Bad Request");
        }
        Map<String, String> headers = headers();
        boolean http11 = !parts[2].equals("HTTP/1.0");
        if (http11 && !headers.containsKey("host")) {
            throw new HttpRefusal(400, "Bad Request");
        }
        if (contains(headers.get("expect"), "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
            out.flush();
        }
        byte[] body = body(headers);
        String connection = headers.get("connection");
        boolean keepAlive = http11 ? !contains(connection, "close") : contains(connection, "keep-alive");
        return new HttpRequest(parts[0], parts[1], headers, body, keepAlive);
    }

    private Map<String, String> headers() throws IOException, HttpRefusal {
        Map<String, String> headers = new HashMap<>();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("the connection ended within the headers");
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || Character.isWhitespace(line.charAt(0))) {
                throw new HttpRefusal(400, "Bad Request");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    private byte[] body(Map<String, String> headers) throws IOException, HttpRefusal {
        String coding = headers.get("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new HttpRefusal(501, "Not Implemented");
            }
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            return new byte[0];
        }
        return bytes(number(length, 10));
    }

    private byte[] chunks() throws IOException, HttpRefusal {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = required();
            int extension = size.indexOf(';');
            int length = number(extension < 0 ? size : size.substring(0, extension), 16);
            if (length == 0) {
                while (!required().isEmpty()) {
                    // Trailers say nothing that matters here.
                }
                return all.toByteArray();
            }
            limit(all.size() + (long) length);
            all.writeBytes(bytes(length));
            if (!required().isEmpty()) {
                throw new HttpRefusal(400, "Bad Request");
            }
        }
    }

    private int number(String text, int radix) throws HttpRefusal {
        try {
            long value = Long.parseLong(text.strip(), radix);
            if (value < 0) {
                throw new HttpRefusal(400, "Bad Request");
            }
            limit(value);
            return (int) value;
        } catch (NumberFormatException e) {
            throw new HttpRefusal(400, "Bad Request");
        }
    }

    private void limit(long length) throws HttpRefusal {
        if (length > bodyLimit) {
            throw new HttpRefusal(413, "Request Entity Too Large");
        }
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int buffered = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, 0, buffered);
        at += buffered;
        if (in.readNBytes(bytes, buffered, length - buffered) < length - buffered) {
            throw new EOFException("the connection ended within a body");
        }
        return bytes;
    }

    private String required() throws IOException, HttpRefusal {
        headBytes = 0;
        String line = line();
        if (line == null) {
            throw new EOFException("the connection ended within a chunked body");
        }
        return line;
    }

    private @Nullable String line() throws IOException, HttpRefusal {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            if (at == end && !fill()) {
                if (line.isEmpty()) {
                    return null;
                }
                throw new EOFException("the connection ended within a line");
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.append(new String(buffer, from, at - from, ISO_8859_1));
            headBytes += at - from + 1;
            if (headBytes > HEAD_LIMIT) {
                throw new HttpRefusal(400, "Bad Request");
            }
            if (at < end) {
                at++;
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return line.toString();
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private static boolean contains(@Nullable String header, String token) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(token);
    }
}
