package dev.asrdoctor.lab;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON to the letter as the scripts' own serialiser does (ps-scripts/lib/json.ps1). */
final class AsciiJson {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What is JSON already. */
    record Written(String json) {}

    private AsciiJson() {}

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder(4096);
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String text -> text(text, out);
            case Written written -> out.append(written.json());
            case Instant instant -> text(INSTANT.format(instant), out);
            case Map<?, ?> map -> {
                char before = '{';
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    out.append(before);
                    text((String) member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    before = ',';
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case Iterable<?> list -> {
                char before = '[';
                for (Object item : list) {
                    out.append(before);
                    write(item, out);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            default -> out.append(value);
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(text, plain, i).append('\\').append(c);
                plain = i + 1;
            } else if (c < ' ' || c > '~') {
                out.append(text, plain, i).append("\\u%04x".formatted((int) c));
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length()).append('"');
    }
}
