package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Reads HTTP/1.1 answers from a stream of bytes, one after another, and never more than its limits. Interim answers (1xx)
 * are skipped.
 */
final class AnswerReader {
    static final int HEAD_LIMIT = 64 * 1024;
    /** Envelopes of more than 150 KiB are not asked for. */
    static final int BODY_LIMIT = 1024 * 1024;

    private static final int FIRST_ROOM = 32 * 1024;
    private static final int INTERIM_LIMIT = 10;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int limit;
    private long consumed;
    private int headBytes;
    private boolean persistent;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /** How many bytes of the answer in progress have arrived. */
    long answerBytes() {
        return consumed + limit - position;
    }

    /** From here on nothing of the next answer has arrived; a request that cannot even be sent gets none. */
    void expect() {
        consumed = 0;
    }

    /** @throws EOFException when the stream ends before the answer does */
    HttpAnswer read() throws IOException {
        expect();
        headBytes = 0;
        for (int interim = 0; interim < INTERIM_LIMIT; interim++) {
            int status = statusLine();
            HttpHeaders headers = headers();
            if (status >= 200) {
                return answer(status, headers);
            }
        }
        throw new MalformedHttpException("more interim answers than make sense");
    }

    private HttpAnswer answer(int status, HttpHeaders headers) throws IOException {
        // HTTP/1.0 knows lasting connections only where it says so (RFC 9112, 9.3).
        boolean keeps =
                !headers.says("Connection", "close") && (persistent || headers.says("Connection", "keep-alive"));
        if (status == 204 || status == 304) {
            return new HttpAnswer(status, headers, new byte[0], keeps);
        }
        if (headers.says("Transfer-Encoding", "chunked")) {
            return new HttpAnswer(status, headers, chunks(), keeps);
        }
        List<String> lengths = headers.all("Content-Length").stream().distinct().toList();
        return switch (lengths.size()) {
            case 0 -> new HttpAnswer(status, headers, untilEnd(), false);
            case 1 -> new HttpAnswer(status, headers, exactly(length(lengths.getFirst(), 10)), keeps);
            default -> throw new MalformedHttpException("several lengths for one body");
        };
    }

    private int statusLine() throws IOException {
        int first = peek();
        if (first == TLS_ALERT || first == TLS_HANDSHAKE) {
            throw MalformedHttpException.tls();
        }
        String line = line();
        boolean valid = line.length() >= 12
                && line.startsWith("HTTP/1.")
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; valid && i < 12; i++) {
            int digit = line.charAt(i) - '0';
            valid = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        if (!valid || status < 100) {
            throw new MalformedHttpException("the first line is not an HTTP status line");
        }
        persistent = line.charAt(7) != '0';
        return status;
    }

    private HttpHeaders headers() throws IOException {
        HttpHeaders headers = new HttpHeaders();
        String name = "";
        StringBuilder value = new StringBuilder();
        while (true) {
            String line = line();
            if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                if (name.isEmpty()) {
                    throw new MalformedHttpException("a header begins with a blank");
                }
                value.append(' ').append(line.strip());
                continue;
            }
            if (!name.isEmpty()) {
                headers.add(name, value.toString());
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new MalformedHttpException("a header without a colon");
            }
            name = line.substring(0, colon).strip();
            value.setLength(0);
            value.append(line.substring(colon + 1).strip());
        }
    }

    /** The length is only a claim: memory is given as bytes arrive. */
    private byte[] exactly(int length) throws IOException {
        byte[] body = new byte[Math.min(length, FIRST_ROOM)];
        for (int have = 0; have < length; ) {
            require();
            if (have == body.length) {
                body = Arrays.copyOf(body, Math.min(length, 2 * have));
            }
            int count = Math.min(body.length - have, limit - position);
            System.arraycopy(buffer, position, body, have, count);
            consume(count);
            have += count;
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            int length = length(extension < 0 ? size : size.substring(0, extension), 16);
            if (length == 0) {
                headers();
                return body.toByteArray();
            }
            if (body.size() + length > BODY_LIMIT) {
                throw tooLarge();
            }
            copy(body, length);
            if (!line().isEmpty()) {
                throw new MalformedHttpException("a chunk is longer than it says");
            }
        }
    }

    private byte[] untilEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        while (position < limit || fill()) {
            body.write(buffer, position, limit - position);
            consume(limit - position);
            if (body.size() > BODY_LIMIT) {
                throw tooLarge();
            }
        }
        return body.toByteArray();
    }

    private void copy(ByteArrayOutputStream target, int length) throws IOException {
        int missing = length;
        while (missing > 0) {
            require();
            int count = Math.min(missing, limit - position);
            target.write(buffer, position, count);
            consume(count);
            missing -= count;
        }
    }

    private static int length(String digits, int radix) throws MalformedHttpException {
        String stripped = digits.strip();
        try {
            if (stripped.isEmpty() || Character.digit(stripped.charAt(0), radix) < 0) {
                throw new MalformedHttpException("a length that is no number");
            }
            long length = Long.parseLong(stripped, radix);
            if (length > BODY_LIMIT) {
                throw tooLarge();
            }
            return (int) length;
        } catch (NumberFormatException e) {
            throw new MalformedHttpException("a length that is no number");
        }
    }

    private static MalformedHttpException tooLarge() {
        return new MalformedHttpException("one answer of more than " + BODY_LIMIT / (1024 * 1024) + " MiB");
    }

    private String line() throws IOException {
        StringBuilder longLine = null;
        while (true) {
            require();
            int from = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            headBytes += position - from + 1;
            if (headBytes > HEAD_LIMIT) {
                throw new MalformedHttpException("headers of more than " + HEAD_LIMIT / 1024 + " KiB");
            }
            String part = new String(buffer, from, position - from, ISO_8859_1);
            consumed += position - from;
            if (position < limit) {
                consume(1);
                String line = longLine == null ? part : longLine.append(part).toString();
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            longLine = (longLine == null ? new StringBuilder() : longLine).append(part);
        }
    }

    private int peek() throws IOException {
        require();
        return buffer[position];
    }

    private void consume(int count) {
        position += count;
        consumed += count;
    }

    private void require() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the connection ended in the middle of an answer");
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(0, count);
        return count > 0;
    }
}
