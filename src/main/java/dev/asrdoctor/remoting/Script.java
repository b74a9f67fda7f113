package dev.asrdoctor.remoting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;

/**
 * A PowerShell script, ASCII: a beginning of its own, and a rest that the scripts of a whole run have in common, which is
 * held once, ready to be sent.
 */
public final class Script {
    private static final int BASE64_GROUP = 3;

    private final byte[] head;
    private final Shared rest;

    /** What many scripts have in common. */
    public static final class Shared {
        private static final Shared NOTHING = new Shared("");

        private final byte[] bytes;
        private final byte[] base64;

        public Shared(String text) {
            this.bytes = ascii(text);
            this.base64 = Base64.getEncoder().encode(bytes);
        }

        public String text() {
            return new String(bytes, US_ASCII);
        }
    }

    private Script(byte[] head, Shared rest) {
        this.head = head;
        this.rest = rest;
    }

    public static Script of(String text) {
        return new Script(ascii(text), Shared.NOTHING);
    }

    /**
     * A script of two lines of its own and a rest.
     *
     * @param comment blanks may follow it
     */
    public static Script of(String comment, String line, Shared rest) {
        // Base64 of the whole is that of its parts where the first fills its groups.
        int missing = (BASE64_GROUP - (comment.length() + line.length() + 2) % BASE64_GROUP) % BASE64_GROUP;
        return new Script(ascii(comment + " ".repeat(missing) + "\n" + line + "\n"), rest);
    }

    /** In bytes. */
    public int length() {
        return head.length + rest.bytes.length;
    }

    public byte[] bytes() {
        byte[] all = Arrays.copyOf(head, length());
        System.arraycopy(rest.bytes, 0, all, head.length, rest.bytes.length);
        return all;
    }

    /** Its own part, encoded; {@link #restInBase64} follows. */
    public byte[] headInBase64() {
        return Base64.getEncoder().encode(head);
    }

    /** The common part, encoded; shared, so nobody may write to it. */
    public byte[] restInBase64() {
        return rest.base64;
    }

    public String text() {
        return new String(bytes(), US_ASCII);
    }

    private static byte[] ascii(String script) {
        byte[] bytes = script.getBytes(US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            if (script.charAt(i) > 0x7f) {
                throw new IllegalArgumentException("a script is ASCII only; character " + i + " is not");
            }
        }
        return bytes;
    }
}
