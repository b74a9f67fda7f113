package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.io.Writer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RedactedDocumentTest {
    private static final String PASSWORD = "Pass word, 4711";

    private static String through(Redaction redaction, String document, Random sizes) throws Exception {
        StringWriter out = new StringWriter();
        try (Writer over = redaction.overDocument(out)) {
            int at = 0;
            while (at < document.length()) {
                int end = Math.min(document.length(), at + 1 + sizes.nextInt(9000));
                over.write(document, at, end - at);
                at = end;
            }
        }
        return out.toString();
    }

    private static Redaction redaction() {
        Redaction redaction = new Redaction();
        redaction.add("svc", PASSWORD.toCharArray());
        return redaction;
    }

    @RepeatedTest(20)
    void writesWhatTheWholeDocumentWouldBeWithout(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] pieces = {
            "words ", "\n", "Pass\n    word, 4711", PASSWORD, "Pass ", "4711", "\\u0050ass word, 4711", "é\ud83d\ude00"
        };
        StringBuilder document = new StringBuilder();
        while (document.length() < 500_000) {
            document.append(pieces[random.nextInt(10) == 0 ? random.nextInt(pieces.length) : random.nextInt(2)]);
        }
        try (Redaction redaction = redaction()) {
            String whole = redaction.printed(document.toString());
            assertThat(whole).contains(Redaction.MARK);
            assertThat(through(redaction, document.toString(), random)).isEqualTo(whole);
        }
    }

    @Test
    void aPasswordWhereverItStandsIsTakenOutOfOneLongLineToo() throws Exception {
        try (Redaction redaction = redaction()) {
            for (int before = 126_900; before < 127_100; before += 7) {
                String document = "x".repeat(before) + PASSWORD + "y".repeat(200_000);
                assertThat(through(redaction, document, new Random(before))).isEqualTo(redaction.printed(document));
            }
        }
    }
}
