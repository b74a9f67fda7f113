package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static Redaction of(String password) {
        Redaction redaction = new Redaction();
        redaction.add("CORP\\svc", password.toCharArray());
        return redaction;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hunter-2", "a\"b\\c<d>&'e", "pässwörd", "two words", "$1\\Q.*[a-z]"})
    void takesAPasswordOutInEveryFormThatItMayHaveInAReport(String password) {
        Redaction redaction = of(password);
        String basic = Base64.getEncoder().encodeToString(("CORP\\svc:" + password).getBytes(StandardCharsets.UTF_8));
        for (String form : new String[] {
            password,
            password.replace("\\", "\\\\").replace("\"", "\\\""),
            password.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            password.replace(" ", "\n        "),
            password.replace("ä", "\\u00e4")
                    .replace("ö", "\\u00f6")
                    .replace("\\Q", "\\\\Q")
                    .replace("\\c", "\\\\c")
                    .replace("\"", "\\\""),
            basic
        }) {
            assertThat(redaction.of("before " + form + form + " after"))
                    .as(form)
                    .isEqualTo("before [redacted][redacted] after");
        }
    }

    @Test
    void leavesEverythingElseAsItIs() {
        Redaction redaction = of("Hunter-2");
        for (String text : new String[] {"", "Hunter-", "unter-2", "HUNTER-2", "Hunter -2"}) {
            assertThat(redaction.of(text)).isEqualTo(text);
        }
        assertThat(redaction.of("HunterHunter-2")).isEqualTo("Hunter[redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hunter-2",
                "\\u0048unter-2",
                "%48unter-2",
                "_x0048_unter-2",
                "&#72;unter-2",
                "Hunter\\u002d2",
                "Hunter-\\u0032"
            })
    void takesOutATextThatIsNothingButThePassword(String text) {
        assertThat(of("Hunter-2").of(text)).isEqualTo(Redaction.MARK);
        assertThat(of("\u00fcHunter-2").of("\u00fc" + text)).isEqualTo(Redaction.MARK);
    }

    @Test
    void knowsAlsoTheSecondOfTwoPasswords() {
        Redaction redaction = of("Hunter-2");
        redaction.add("CORP\\other", "zebra-99".toCharArray());
        assertThat(redaction.of("zebra-99")).isEqualTo(Redaction.MARK);
        redaction.close();
        assertThat(redaction.of("zebra-99")).isEqualTo("zebra-99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "x-1", "running", "start-pending"})
    void doesNotLookForWhatWouldTakeHonestWordsOutOfAReport(String password) {
        assertThat(of(password).of("x-1 is running, not start-pending")).isEqualTo("x-1 is running, not start-pending");
    }

    @Test
    void keepsAPasswordOutOfAWriterHoweverItIsWritten() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            StringWriter target = new StringWriter();
            PrintWriter writer = new PrintWriter(of("Hunter-2").over(target));
            String text = "a Hunter-2 b\nHunter-2\nlast Hunter-2";
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(7));
                writer.write(text.substring(at, end));
                at = end;
            }
            writer.flush();
            assertThat(target.toString()).isEqualTo("a [redacted] b\n[redacted]\nlast [redacted]");
        }
    }

    @Test
    void doesNotNeedThePasswordThatItWasGivenAndForgetsItsOwn() {
        char[] password = "Hunter-2".toCharArray();
        Redaction redaction = new Redaction();
        redaction.add("u", password);
        java.util.Arrays.fill(password, '\0');
        assertThat(redaction.of("Hunter-2")).isEqualTo(Redaction.MARK);
        redaction.close();
        assertThat(redaction.of("Hunter-2")).isEqualTo("Hunter-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0053e\\u0063ret-1\\\\x",
                "Secret\\u002D1\\x",
                "&#83;ecret&#x2d;1\\x",
                "_x0053_ecret-1_x005C_x",
                "Secret%2D1%5cx",
                "Secret\\u002d1\\\\x",
            })
    void knowsItWhereItsCharactersAreWrittenAsSomethingElse(String spelled) {
        assertThat(of("Secret-1\\x").of("svc " + spelled + " end")).isEqualTo("svc [redacted] end");
    }

    @Test
    void aPasswordOfDigitsSpoilsNoLongerNumberAndNoNumberOfADocument() {
        Redaction redaction = of("123456");

        assertThat(redaction.of("free 91234567890 bytes, code 123456."))
                .isEqualTo("free 91234567890 bytes, code [redacted].");
        assertThat(redaction.printed("{\n  \"processId\" : 123456,\n  \"said\" : \"123456\"\n}"))
                .isEqualTo("{\n  \"processId\" : 123456,\n  \"said\" : \"[redacted]\"\n}");
        assertThat(redaction.of("\"password\": 123456")).doesNotContain("123456");
    }
}
