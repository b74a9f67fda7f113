package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of SOAP and nothing more: elements, attributes and text in UTF-8 (or UTF-16 with its mark). A document type
 * or an entity other than the five of XML is an error, so there is nothing to expand and nothing to fetch. Written for
 * speed: the parsers of the JDK spend more on being set up than these short documents take.
 */
final class XmlReader {
    private static final int DEPTH_LIMIT = 64;

    private final byte[] bytes;
    private final int end;
    private final Deque<String> open = new ArrayDeque<>();
    private int at;
    private int attributesFrom;
    private int attributesTo;
    private String qualifiedName = "";
    private boolean endFollows;
    private boolean rootSeen;

    enum Token {
        START,
        END,
        TEXT,
        DONE
    }

    XmlReader(ByteBuffer document) {
        ByteBuffer utf8 = inUtf8(document);
        bytes = utf8.array();
        at = utf8.arrayOffset() + utf8.position();
        end = utf8.arrayOffset() + utf8.limit();
        if (startsWith("\u00ef\u00bb\u00bf")) {
            at += 3;
        }
    }

    private static ByteBuffer inUtf8(ByteBuffer document) {
        if (document.remaining() >= 2) {
            int mark = document.getShort(document.position()) & 0xffff;
            if (mark == 0xfeff || mark == 0xfffe) {
                return ByteBuffer.wrap(UTF_16.decode(document).toString().getBytes(UTF_8));
            }
        }
        return document;
    }

    /** The next start, end or piece of text; text is appended to {@code text}. Comments and instructions are passed over. */
    Token next(StringBuilder text) throws MalformedEnvelopeException {
        if (endFollows) {
            endFollows = false;
            open.pop();
            return Token.END;
        }
        while (at < end) {
            if (bytes[at] != '<') {
                text(text);
                return Token.TEXT;
            }
            if (startsWith("<!--")) {
                at = find("-->", at + 4) + 3;
            } else if (startsWith("<?")) {
                at = find("?>", at + 2) + 2;
            } else if (startsWith("<![CDATA[") && !open.isEmpty()) {
                int close = find("]]>", at + 9);
                text.append(new String(bytes, at + 9, close - at - 9, UTF_8));
                at = close + 3;
                return Token.TEXT;
            } else if (startsWith("</")) {
                return endTag();
            } else {
                return startTag();
            }
        }
        if (!open.isEmpty() || !rootSeen) {
            throw malformed("it ends too early");
        }
        return Token.DONE;
    }

    /**
     * Takes the text of the element that has just started as it stands, where nothing but plain text is in it; a large one is
     * not copied. Empty where it has to be read bit by bit.
     */
    Optional<ByteBuffer> takePlainText() {
        int close = indexOf((byte) '<', at, end);
        boolean plain =
                !endFollows && close + 1 < end && bytes[close + 1] == '/' && indexOf((byte) '&', at, close) == close;
        if (!plain) {
            return Optional.empty();
        }
        ByteBuffer text = ByteBuffer.wrap(bytes, at, close - at);
        at = close;
        return Optional.of(text);
    }

    /** Name of the element that has just started or ended, without its prefix. */
    String localName() {
        return qualifiedName.substring(qualifiedName.indexOf(':') + 1);
    }

    /** The namespace of the element that has just started, if it declares it itself, as the root of an envelope does. */
    @Nullable String ownNamespace() throws MalformedEnvelopeException {
        int colon = qualifiedName.indexOf(':');
        return attribute(colon < 0 ? "xmlns" : "xmlns:" + qualifiedName.substring(0, colon));
    }

    /** How many elements are open. */
    int depth() {
        return open.size();
    }

    /** An attribute of the element that has just started, by its name as it is written. */
    @Nullable String attribute(String name) throws MalformedEnvelopeException {
        int position = attributesFrom;
        while (true) {
            int from = skipBlanks(position, attributesTo);
            if (from >= attributesTo) {
                return null;
            }
            int nameEnd = nameEnd(from, attributesTo);
            int quote = skipBlanks(skipBlanks(nameEnd, attributesTo) + 1, attributesTo);
            int close = indexOf(bytes[quote], quote + 1, attributesTo);
            if (matches(name, from, nameEnd)) {
                StringBuilder value = new StringBuilder(close - quote);
                decode(quote + 1, close, value);
                return value.toString();
            }
            position = close + 1;
        }
    }

    private Token startTag() throws MalformedEnvelopeException {
        if (open.isEmpty() && rootSeen) {
            throw malformed("it has more than one root");
        }
        int nameEnd = nameEnd(at + 1, end);
        qualifiedName = new String(bytes, at + 1, nameEnd - at - 1, UTF_8);
        int colon = qualifiedName.indexOf(':');
        if (colon == 0 || colon == qualifiedName.length() - 1 || qualifiedName.charAt(0) <= '9') {
            throw malformed("a name is not one");
        }
        attributesFrom = nameEnd;
        int position = nameEnd;
        while (true) {
            int next = skipBlanks(position, end);
            if (next >= end) {
                throw malformed("it ends within a tag");
            }
            if (bytes[next] == '>' || (bytes[next] == '/' && next + 1 < end && bytes[next + 1] == '>')) {
                attributesTo = next;
                endFollows = bytes[next] == '/';
                at = next + (endFollows ? 2 : 1);
                break;
            }
            if (next == position) {
                throw malformed("an attribute follows another without a blank");
            }
            position = skipAttribute(next);
        }
        rootSeen = true;
        open.push(qualifiedName);
        if (open.size() > DEPTH_LIMIT) {
            throw malformed("it is nested too deeply");
        }
        return Token.START;
    }

    /** Checks the form, so that {@link #attribute} may rely on it. */
    private int skipAttribute(int from) throws MalformedEnvelopeException {
        int equals = skipBlanks(nameEnd(from, end), end);
        int quote = skipBlanks(equals + 1, end);
        if (quote >= end || bytes[equals] != '=' || (bytes[quote] != '"' && bytes[quote] != '\'')) {
            throw malformed("an attribute without a value");
        }
        int close = indexOf(bytes[quote], quote + 1, end);
        if (close >= end || indexOf((byte) '<', quote, close) < close) {
            throw malformed("an attribute without an end");
        }
        return close + 1;
    }

    private Token endTag() throws MalformedEnvelopeException {
        int nameEnd = nameEnd(at + 2, end);
        int close = skipBlanks(nameEnd, end);
        if (close >= end || bytes[close] != '>' || open.isEmpty() || !matches(open.peek(), at + 2, nameEnd)) {
            throw malformed("its tags do not match");
        }
        qualifiedName = open.pop();
        at = close + 1;
        return Token.END;
    }

    private void text(StringBuilder text) throws MalformedEnvelopeException {
        int close = indexOf((byte) '<', at, end);
        if (open.isEmpty()) {
            if (skipBlanks(at, close) < close) {
                throw malformed("it is not XML");
            }
        } else {
            decode(at, close, text);
        }
        at = close;
    }

    private void decode(int from, int to, StringBuilder text) throws MalformedEnvelopeException {
        int position = from;
        while (position < to) {
            int ampersand = indexOf((byte) '&', position, to);
            text.append(new String(bytes, position, ampersand - position, UTF_8));
            if (ampersand == to) {
                return;
            }
            int semicolon = indexOf((byte) ';', ampersand, Math.min(to, ampersand + 12));
            if (semicolon >= to || bytes[semicolon] != ';') {
                throw malformed("an entity without an end");
            }
            text.appendCodePoint(entity(new String(bytes, ampersand + 1, semicolon - ampersand - 1, UTF_8)));
            position = semicolon + 1;
        }
    }

    private static int entity(String name) throws MalformedEnvelopeException {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> {
                if (!name.startsWith("#")) {
                    throw malformed("it has entities of its own");
                }
                yield character(name.startsWith("#x") ? name.substring(2) : name.substring(1), name.startsWith("#x"));
            }
        };
    }

    private static int character(String digits, boolean hexadecimal) throws MalformedEnvelopeException {
        try {
            int codePoint = Integer.parseUnsignedInt(digits, hexadecimal ? 16 : 10);
            if (Character.isValidCodePoint(codePoint)) {
                return codePoint;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw malformed("a character that does not exist");
    }

    private int nameEnd(int from, int to) throws MalformedEnvelopeException {
        int position = from;
        while (position < to && isNameByte(bytes[position])) {
            position++;
        }
        if (position == from) {
            throw malformed("a name is missing");
        }
        return position;
    }

    private static boolean isNameByte(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '-'
                || b == '.'
                || b == ':'
                || b < 0;
    }

    private int skipBlanks(int from, int to) {
        int position = from;
        while (position < to
                && (bytes[position] == ' '
                        || bytes[position] == '\n'
                        || bytes[position] == '\r'
                        || bytes[position] == '\t')) {
            position++;
        }
        return position;
    }

    private int indexOf(byte wanted, int from, int to) {
        int position = from;
        while (position < to && bytes[position] != wanted) {
            position++;
        }
        return position;
    }

    private int find(String wanted, int from) throws MalformedEnvelopeException {
        for (int position = from; position + wanted.length() <= end; position++) {
            if (matches(wanted, position, position + wanted.length())) {
                return position;
            }
        }
        throw malformed("it ends too early");
    }

    private boolean startsWith(String wanted) {
        return at + wanted.length() <= end && matches(wanted, at, at + wanted.length());
    }

    private boolean matches(String wanted, int from, int to) {
        if (wanted.length() != to - from) {
            return wanted.length() < to - from
                    && Arrays.equals(wanted.getBytes(UTF_8), Arrays.copyOfRange(bytes, from, to));
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (wanted.charAt(i) != (char) (bytes[from + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static MalformedEnvelopeException malformed(String message) {
        return new MalformedEnvelopeException(message);
    }
}
