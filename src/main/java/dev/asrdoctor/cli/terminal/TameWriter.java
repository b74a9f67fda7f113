package dev.asrdoctor.cli.terminal;

import java.io.IOException;
import java.io.Writer;

/**
 * The last line before a terminal: whatever it would obey goes no further, but for line ends, tabs and the beginning of the
 * escape sequences that asrdoctor itself writes for colours and progress.
 */
public final class TameWriter extends Writer {
    private final Writer inner;

    public TameWriter(Writer inner) {
        this.inner = inner;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        char[] tame = null;
        for (int i = 0; i < length; i++) {
            if (isObeyed(chars[from + i])) {
                if (tame == null) {
                    tame = new char[length];
                    System.arraycopy(chars, from, tame, 0, length);
                }
                tame[i] = '?';
            }
        }
        if (tame == null) {
            inner.write(chars, from, length);
        } else {
            inner.write(tame, 0, length);
        }
    }

    private static boolean isObeyed(char c) {
        if (c < 0x7f) {
            return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\u001b';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public void flush() throws IOException {
        inner.flush();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
