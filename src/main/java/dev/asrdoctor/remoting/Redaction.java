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
     * What tells most texts at a glance to have none of the forms in them: how a form, or the spelling of one, begins.
     *
     * @param ascii for each character of ASCII
     * @param shortest form; no spelling of it is shorter
     */
    private record Beginnings(boolean[] ascii, boolean others, int shortest) {
        static Beginnings of(List<char[]> forms) {
            boolean[] ascii = new boolean[128];
            boolean others = false;
            int shortest = Integer.MAX_VALUE;
            for (char[] form : forms) {
                if (form[0] < ascii.length) {
                    ascii[form[0]] = true;
                } else {
                    others = true;
                }
                shortest = Math.min(shortest, form.length);
            }
            ESCAPES.chars().forEach(c -> ascii[c] = true);
            return new Beginnings(ascii, others, shortest);
        }

        boolean mayStandIn(String text) {
            int last = text.length() - shortest;
            for (int at = 0; at <= last; at++) {
                char c = text.charAt(at);
                if (c < ascii.length ? ascii[c] : others) {
                    return true;
                }
            }
            return false;
        }
    }

    /** @param password copied; the caller wipes its own */
    public void add(String account, char[] password) {
        if (!recognisable(password)) {
            return;
        }
        remember(password.clone());
        remember(json(password, false));
        remember(json(password, true));
        remember(xml(password, false));
        remember(xml(password, true));
        remember(misread(password));
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

    private static char[] json(char[] password, boolean asciiOnly) {
        StringBuilder form = new StringBuilder();
        for (char c : password) {
            if (c == '"' || c == '\\') {
                form.append('\\').append(c);
            } else if (asciiOnly && (c < ' ' || c > '~')) {
                form.append("\\u").append(String.format("%04x", (int) c));
            } else {
                form.append(c);
            }
        }
        return taken(form);
    }

    private static char[] xml(char[] password, boolean quotes) {
        StringBuilder form = new StringBuilder();
        for (char c : password) {
            switch (c) {
                case '&' -> form.append("&amp;");
                case '<' -> form.append("&lt;");
                case '>' -> form.append("&gt;");
                case '"' -> form.append(quotes ? "&quot;" : "\"");
                case '\'' -> form.append(quotes ? "&#39;" : "'");
                default -> form.append(c);
            }
        }
        return taken(form);
    }

    /** In UTF-8 that was taken for Latin-1, as HTTP headers are. */
    private static char[] misread(char[] password) {
        byte[] bytes = utf8(password);
        char[] form = new char[bytes.length];
        for (int i = 0; i < form.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            form[i] = Character.isISOControl(c) ? ' ' : c;
        }
        Arrays.fill(bytes, (byte) 0);
        return form;
    }

    /** As the Basic scheme sends it. */
    private static char[] basic(String account, char[] password) {
        StringBuilder pair = new StringBuilder(account).append(':').append(password);
        char[] chars = taken(pair);
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

    private static char[] taken(StringBuilder text) {
        char[] chars = new char[text.length()];
        text.getChars(0, chars.length, chars, 0);
        for (int i = 0; i < chars.length; i++) {
            text.setCharAt(i, '\0');
        }
        return chars;
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
        if (!Objects.requireNonNull(beginnings.get()).mayStandIn(text)) {
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
            if (at < from || (c != form[0] && ESCAPES.indexOf(c) < 0)) {
                continue;
            }
            int end = end(text, at, form);
            if (end >= 0 && !(digits && Numbers.holds(text, at, end, printed))) {
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

    /** Behind the form where it stands here, else -1. A blank in it may have become a line break or several blanks. */
    private static int end(String text, int begin, char[] form) {
        return end(text, begin, form, 0);
    }

    private static int end(String text, int begin, char[] form, int from) {
        int at = begin;
        for (int i = from; i < form.length; i++) {
            if (at >= text.length()) {
                return -1;
            }
            char c = form[i];
            int spelled = Spelling.end(text, at, c);
            if (c == ' ' && Character.isWhitespace(text.charAt(at))) {
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            } else if (text.charAt(at) == c) {
                int rest = spelled < 0 ? -1 : end(text, spelled, form, i + 1);
                if (rest >= 0) {
                    return rest;
                }
                at++;
            } else if (spelled >= 0) {
                at = spelled;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** A writer that keeps passwords out of another one, line by line. */
    public Writer over(Writer other) {
        return new Writer() {
            private final StringBuilder line = new StringBuilder();

            @Override
            public void write(char[] chars, int from, int length) throws IOException {
                line.append(chars, from, length);
                int end = line.lastIndexOf("\n") + 1;
                if (end > 0) {
                    other.write(printed(line.substring(0, end)));
                    line.delete(0, end);
                }
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

    @Override
    public void close() {
        forms.forEach(form -> Arrays.fill(form, '\0'));
        forms.clear();
        beginnings.set(Beginnings.of(forms));
    }
}
