package dev.asrdoctor.remoting;

import java.io.IOException;
import java.io.Writer;

/**
 * Keeps passwords out of a document of any length, also those that were broken over lines, with no more of it in memory than
 * it takes to see that none stands across the place where it is parted. Flushing or closing it ends the document.
 */
final class RedactedDocument extends Writer {
    private static final int PART = 1 << 16;
    /** No password is as long, however its characters are written. */
    private static final int AROUND = 1 << 12;

    private final Redaction redaction;
    private final Writer other;
    private final StringBuilder kept = new StringBuilder();

    RedactedDocument(Redaction redaction, Writer other) {
        this.redaction = redaction;
        this.other = other;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            int room = Math.min(end - at, 2 * PART);
            kept.append(chars, at, room);
            at += room;
            if (kept.length() >= 2 * PART) {
                writeAsFarAsSure();
            }
        }
    }

    private void writeAsFarAsSure() throws IOException {
        for (int end = kept.length() - AROUND; end > PART / 2; end -= AROUND) {
            int line = kept.lastIndexOf("\n", end) + 1;
            int cut = line > PART / 2 ? line : end;
            if (nothingStandsAcross(cut)) {
                other.write(redaction.printed(kept.substring(0, cut)));
                kept.delete(0, cut);
                return;
            }
        }
    }

    private boolean nothingStandsAcross(int cut) {
        String before = kept.substring(Math.max(0, cut - AROUND), cut);
        String after = kept.substring(cut, Math.min(kept.length(), cut + AROUND));
        return redaction.printed(before + after).equals(redaction.printed(before) + redaction.printed(after));
    }

    /** What was written so far is taken for all of it. */
    @Override
    public void flush() throws IOException {
        other.write(redaction.printed(kept.toString()));
        kept.setLength(0);
        other.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        other.close();
    }
}
