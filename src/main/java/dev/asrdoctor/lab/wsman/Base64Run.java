package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The long text of a request that carries a script, found in its bytes without the parser, for which it would be a large part
 * of the work. It is Base64 and nothing else, so that it holds no markup. Servers are sent nearly the same, so only what
 * differs from the one before of the same length is looked at and decoded.
 *
 * @param from where it begins in the request
 * @param encoded to be read only
 * @param decoded to be read only
 */
record Base64Run(int from, byte[] encoded, byte[] decoded) {
    /** What stands in its place while the rest is parsed: no request has it otherwise. */
    static final String PLACE = "\uE0B6";

    private static final int SHORTEST = 8192;
    /** Header and end of an envelope, in which the run is looked for, are shorter. */
    private static final int LONGEST_EDGE = 8192;
    /** Markup has no longer text between two of its brackets. */
    private static final int GAP = 2048;

    private static final int MOST_KEPT = 16;
    private static final int MOST_GROUPS = 256;
    private static final Map<Integer, Base64Run> KNOWN = new ConcurrentHashMap<>();
    private static final byte[] PLACE_BYTES = PLACE.getBytes(UTF_8);

    static Optional<Base64Run> find(byte[] xml) {
        if (xml.length < SHORTEST + GAP || xml[0] != '<' || xml[1] == 0) {
            return Optional.empty();
        }
        int from = begin(xml);
        int to = end(xml);
        if (from < 0 || to - from < SHORTEST || (to - from) % 4 != 0) {
            return Optional.empty();
        }
        byte[] encoded = Arrays.copyOfRange(xml, from, to);
        return decoded(encoded).map(bytes -> new Base64Run(from, encoded, bytes));
    }

    /** After the first bracket that none follows soon. */
    private static int begin(byte[] xml) {
        int after = -1;
        for (int i = 0; i < Math.min(xml.length, LONGEST_EDGE); i++) {
            if (xml[i] == '>') {
                after = i + 1;
            } else if (xml[i] == '<') {
                after = -1;
            } else if (after >= 0 && i - after >= GAP) {
                return after;
            }
        }
        return -1;
    }

    private static int end(byte[] xml) {
        int before = -1;
        for (int i = xml.length - 1; i >= Math.max(0, xml.length - LONGEST_EDGE); i--) {
            if (xml[i] == '<') {
                before = i;
            } else if (xml[i] == '>') {
                before = -1;
            } else if (before >= 0 && before - i >= GAP) {
                return before;
            }
        }
        return -1;
    }

    private static Optional<byte[]> decoded(byte[] encoded) {
        Base64Run known = KNOWN.get(encoded.length);
        try {
            byte[] decoded = known == null ? null : known.patched(encoded);
            if (decoded != null) {
                return Optional.of(decoded);
            }
            byte[] whole = Base64.getDecoder().decode(encoded);
            if (known != null || KNOWN.size() < MOST_KEPT) {
                KNOWN.put(encoded.length, new Base64Run(0, encoded, whole));
            }
            return Optional.of(whole);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Null where it differs in too much. */
    private byte @Nullable [] patched(byte[] other) {
        int last = other.length - 4;
        byte[] patched = decoded.clone();
        int groups = 0;
        for (int at = 0; ; ) {
            int difference = Arrays.mismatch(other, at, other.length, encoded, at, encoded.length);
            if (difference < 0) {
                return patched;
            }
            int group = (at + difference) / 4 * 4;
            // The last one may be padded.
            if (group >= last || ++groups > MOST_GROUPS) {
                return null;
            }
            byte[] bytes = Base64.getDecoder().decode(Arrays.copyOfRange(other, group, group + 4));
            if (bytes.length != 3) {
                return null;
            }
            System.arraycopy(bytes, 0, patched, group / 4 * 3, 3);
            at = group + 4;
        }
    }

    /** The request with a character in the run's place; empty where it has that character itself. */
    Optional<byte[]> without(byte[] xml) {
        byte[] rest = new byte[xml.length - encoded.length + PLACE_BYTES.length];
        System.arraycopy(xml, 0, rest, 0, from);
        int after = from + encoded.length;
        System.arraycopy(xml, after, rest, from + PLACE_BYTES.length, xml.length - after);
        String text = new String(rest, UTF_8);
        if (text.contains(PLACE) || text.contains("&#")) {
            return Optional.empty();
        }
        System.arraycopy(PLACE_BYTES, 0, rest, from, PLACE_BYTES.length);
        return Optional.of(rest);
    }

    String text() {
        return new String(encoded, ISO_8859_1);
    }
}
