package dev.asrdoctor.facts;

import dev.asrdoctor.text.Texts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;

/** JSON that a terminal, a pager or an editor may show: whatever one of them would obey stands in it as an escape. */
public final class SafeJson {
    private SafeJson() {}

    /**
     * @param json in which such characters stand in texts and names alone, as in every document
     * @return the same document; of half a character pair a replacement character is left, since it is no text
     */
    public static String of(CharSequence json) {
        StringWriter safe = new StringWriter(json.length());
        try (Writer over = over(safe)) {
            over.append(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return safe.toString();
    }

    /** The same for a document that is written piece by piece. Closing it ends the document and leaves the other one open. */
    public static Writer over(Writer other) {
        return new Escaping(other);
    }

    private static final class Escaping extends Writer {
        private static final HexFormat HEX = HexFormat.of();

        private final Writer inner;
        /** The first half of a pair whose second is still to come; 0 for none. */
        private char high;

        private Escaping(Writer inner) {
            this.inner = inner;
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            int plain = from;
            int end = from + length;
            for (int at = from; at < end; at++) {
                char c = chars[at];
                if (c < 0x7f && high == 0) {
                    continue;
                }
                inner.write(chars, plain, at - plain);
                plain = at + 1;
                unusual(c);
            }
            inner.write(chars, plain, end - plain);
        }

        private void unusual(char c) throws IOException {
            if (high != 0) {
                char first = high;
                high = 0;
                if (Character.isLowSurrogate(c)) {
                    character(Character.toCodePoint(first, c));
                    return;
                }
                half();
            }
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else if (Character.isLowSurrogate(c)) {
                half();
            } else {
                character(c);
            }
        }

        private void character(int c) throws IOException {
            // JSON lets no control character stand in a text, and line breaks between its parts are wanted.
            boolean shown = c < 0x7f || Texts.isShown(c);
            for (char unit : Character.toChars(c)) {
                inner.write(shown ? String.valueOf(unit) : "\\u" + HEX.toHexDigits(unit));
            }
        }

        private void half() throws IOException {
            inner.write("\\ufffd");
        }

        @Override
        public void flush() throws IOException {
            inner.flush();
        }

        @Override
        public void close() throws IOException {
            if (high != 0) {
                high = 0;
                half();
            }
            inner.flush();
        }
    }
}
