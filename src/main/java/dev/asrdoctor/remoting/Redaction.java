package dev.asrdoctor.remoting;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one place that keeps passwords out of what is shown, written and kept: texts from servers on their way in, and
 * everything that is printed on its way out. A server may echo what it was sent, and the same password may stand in a
 * service's command line. Safe for use by many threads.
 */
public final class Redaction implements AutoCloseable {
    public static final String MARK = "[redacted]";

    /** A shorter password, or a plain word, would take honest words out of every report and change what they mean. */
    private static final int SHORTEST = 6;

    /** What a character may begin with where it is written as something else. */
    private static final String ESCAPES = Spelling.BEGINNINGS;

    private final List<char[]> forms = new CopyOnWriteArrayList<>();

    private final AtomicReference<Beginnings> beginnings = new AtomicReference<>(Beginnings.of(List.of()));

    /**
     * How a form, or the spelling of one, begins.
     *
     * @param ascii for each character of ASCII
     * @param shortest form; no spelling of it is shorter
     */
    private record Beginnings(boolean[] ascii, boolean others, int shortest, char[][] forms) {
        static Beginnings of(List<char[]> forms) {
            boolean[] ascii = new boolean[128];
            boolean others = false;
            int shortest = Integer.MAX_VALUE;
            for (char[] form : forms) {
                if (form[0] == ' ') {
                    Arrays.fill(ascii, true);
                    others = true;
                } else if (form[0] < ascii.length) {
                    ascii[form[0]] = true;
                } else {
                    others = true;
                }
                shortest = Math.min(shortest, form.length);
            }
            ESCAPES.chars().forEach(c -> ascii[c] = true);
            return new Beginnings(ascii, others, shortest, forms.toArray(char[][]::new));
        }

        /** Most texts have none of the forms in them, and are gone through once for all of them. */
        boolean anyStandsIn(String text) {
            int last = text.length() - shortest;
            for (int at = 0; at <= last; at++) {
                char c = text.charAt(at);
                if ((c < ascii.length ? ascii[c] : others) && anyStandsAt(text, at)) {
                    return true;
                }
            }
            return false;
        }

        private boolean anyStandsAt(String text, int at) {
            for (char[] form : forms) {
                if (end(text, at, form, 0) != Spelling.NONE) {
                    return true;
                }
            }
            return false;
        }
    }

    /** @param password copied; the caller wipes its own */
    public void add(String account, char[] password) {
        char[] plain = blanksOnce(password);
        if (!recognisable(plain)) {
            Arrays.fill(plain, '\0');
            return;
        }
        remember(plain);
        remember(misread(plain));
        remember(basic(account, password));
    }

    private static boolean recognisable(char[] password) {
        if (password.length < SHORTEST) {
            return false;
        }
        for (char c : password) {
            if ((c < 'a' || c > 'z') && c != '-') {
                return true;
            }
        }
        return false;
    }

    /** A copy in which blanks in a row are one, as in a text that was broken into lines anew. */
    private static char[] blanksOnce(char[] password) {
        char[] kept = new char[password.length];
        int length = 0;
        for (char c : password) {
            if (c != ' ' || length == 0 || kept[length - 1] != ' ') {
                kept[length++] = c;
            }
        }
        char[] once = Arrays.copyOf(kept, length);
        Arrays.fill(kept, '\0');
        return once;
    }

    private void remember(char[] form) {
        for (char[] known : forms) {
            if (Arrays.equals(known, form)) {
                Arrays.fill(form, '\0');
                return;
            }
        }
        forms.add(form);
        // Whoever comes last has seen what all others have added.
        beginnings.updateAndGet(old -> Beginnings.of(forms));
    }

    /** In UTF-8 that was taken for Latin-1, as HTTP headers are; what cannot be shown of it is shown as blanks. */
    private static char[] misread(char[] password) {
        byte[] bytes = utf8(password);
        char[] form = new char[bytes.length];
        for (int i = 0; i < form.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            form[i] = blank(c) ? ' ' : c;
        }
        Arrays.fill(bytes, (byte) 0);
        char[] once = blanksOnce(form);
        Arrays.fill(form, '\0');
        return once;
    }

    /** As the Basic scheme sends it. */
    private static char[] basic(String account, char[] password) {
        char[] name = (account + ':').toCharArray();
        char[] chars = Arrays.copyOf(name, name.length + password.length);
        System.arraycopy(password, 0, chars, name.length, password.length);
        byte[] bytes = utf8(chars);
        byte[] encoded = Base64.getEncoder().encode(bytes);
        Arrays.fill(chars, '\0');
        Arrays.fill(bytes, (byte) 0);
        char[] form = new char[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            form[i] = (char) encoded[i];
        }
        return form;
    }

    private static byte[] utf8(char[] text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.remaining()]);
        return bytes;
    }

    /** The text with {@link #MARK} in place of every password in it. */
    public String of(String text) {
        return without(text, false);
    }

    /**
     * The same for what is about to be shown, in any format: a number of a JSON document that is the same as a password of
     * digits stays, since the document would be none without it, and texts were cleaned when they came in.
     */
    public String printed(String document) {
        return without(document, true);
    }

    private String without(String text, boolean printed) {
        if (!Objects.requireNonNull(beginnings.get()).anyStandsIn(text)) {
            return text;
        }
        String clean = text;
        for (char[] form : forms) {
            clean = without(clean, form, printed);
        }
        return clean;
    }

    private static String without(String text, char[] form, boolean printed) {
        int from = 0;
        StringBuilder clean = null;
        boolean digits = digits(form);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean begins = c == form[0] || (form[0] == ' ' && blank(c)) || ESCAPES.indexOf(c) >= 0;
            if (at < from || !begins) {
                continue;
            }
            int end = end(text, at, form, 0);
            if (end != Spelling.NONE && !(digits && Numbers.holds(text, at, end, printed))) {
                clean = clean == null ? new StringBuilder(text.length()) : clean;
                clean.append(text, from, at).append(MARK);
                from = end;
            }
        }
        return clean == null ? text : clean.append(text, from, text.length()).toString();
    }

    private static boolean digits(char[] form) {
        for (char c : form) {
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Behind the rest of the form where it stands here, else {@link Spelling#NONE}. A blank in it may have become a line break
     * or several blanks.
     */
    private static int end(String text, int begin, char[] form, int from) {
        int at = begin;
        for (int i = from; i < form.length; i++) {
            if (at == text.length()) {
                return Spelling.NONE;
            }
            char c = form[i];
            int next = c == ' ' ? behindBlanks(text, at) : Spelling.end(text, at, c);
            if (text.charAt(at) == c && c != ' ') {
                int rest = next == Spelling.NONE ? Spelling.NONE : end(text, next, form, i + 1);
                if (rest != Spelling.NONE) {
                    return rest;
                }
                next = at + 1;
            }
            if (next == Spelling.NONE) {
                return Spelling.NONE;
            }
            at = next;
        }
        return at;
    }

    private static int behindBlanks(String text, int begin) {
        int behind = Spelling.NONE;
        for (int at = begin; at < text.length(); at = behind) {
            int next = blank(text.charAt(at)) ? at + 1 : Spelling.end(text, at, ' ');
            if (next == Spelling.NONE) {
                return behind;
            }
            behind = next;
        }
        return behind;
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isISOControl(c);
    }

    /** A writer that keeps passwords out of another one, line by line. */
    public Writer over(Writer other) {
        return new Writer() {
            private final StringBuilder line = new StringBuilder();

            @Override
            public void write(char[] chars, int from, int length) throws IOException {
                line.append(chars, from, length);
                int end = line.lastIndexOf("\n") + 1;
                other.write(printed(line.substring(0, end)));
                line.delete(0, end);
            }

            @Override
            public void flush() throws IOException {
                other.write(printed(line.toString()));
                line.setLength(0);
                other.flush();
            }

            @Override
            public void close() throws IOException {
                flush();
                other.close();
            }
        };
    }

    /** The same for a document that is written whole, in which a password may have been broken over lines. */
    public Writer overDocument(Writer other) {
        return new RedactedDocument(this, other);
    }

    @Override
    public void close() {
        forms.forEach(form -> Arrays.fill(form, '\0'));
        forms.clear();
        beginnings.set(Beginnings.of(forms));
    }
}
