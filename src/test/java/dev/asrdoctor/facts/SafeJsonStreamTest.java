package dev.asrdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.io.Writer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SafeJsonStreamTest {
    private static final String[] PIECES = {
        "plain",
        "\n",
        "\u009b",
        "\u202e",
        "\ud83d\ude00",
        "\ud800",
        "\udc00",
        "\udb40\udc41",
        "\uffff",
        "é",
        "\u007f",
        "\u2028"
    };

    @RepeatedTest(100)
    void whereverItIsPartedTheDocumentIsTheSame(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            json.append(PIECES[random.nextInt(PIECES.length)]);
        }
        StringWriter out = new StringWriter();
        try (Writer safe = SafeJson.over(out)) {
            int at = 0;
            while (at < json.length()) {
                int end = Math.min(json.length(), at + 1 + random.nextInt(3));
                safe.write(json.substring(at, end));
                at = end;
            }
        }
        assertThat(out.toString()).isEqualTo(SafeJson.of(json)).isEqualTo(plainly(json.toString()));
    }

    /** Character by character. */
    private static String plainly(String json) {
        StringBuilder safe = new StringBuilder();
        json.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SURROGATE) {
                safe.append("\\ufffd");
            } else if (c < 0x7f || dev.asrdoctor.text.Texts.isShown(c)) {
                safe.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return safe.toString();
    }
}
