package dev.asrdoctor.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
        for (String text : new String[] {
            "", "Hunter-", "unter-2", "HUNTER-2", "Hunter -2", "it ends with Hunter-", "it ends with Hunter"
        }) {
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

    @Test
    void keepsTheNumbersOfADocumentWithSignFractionAndExponent() {
        for (String number : new String[] {"-123456", "123456.5", "0.123456", "123456e3", "1e123456", "-1.123456E+7"}) {
            String document = "{\"offset\" : " + number + "}";
            assertThat(of("123456").printed(document)).isEqualTo(document);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                ":123456",
                " : 123456",
                "\"said : 123456",
                "\"said\" = 123456",
                "\"said\" : 123456;",
                "\"said\" : x123456",
                "it is 123456.",
            })
    void aPasswordOfDigitsThatIsNoNumberOfADocumentIsTakenOut(String text) {
        assertThat(of("123456").printed(text)).isEqualTo(text.replace("123456", Redaction.MARK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\":123456", "\"a\": 123456", "\"a\" :123456,", "\"a\" : 123456\r\n", "\"a\":123456}"})
    void aNumberOfADocumentStays(String text) {
        assertThat(of("123456").printed(text)).isEqualTo(text);
        assertThat(of("123456").of(text)).isEqualTo(text.replace("123456", Redaction.MARK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0900009", "9900009", "9000090", "9000099", "19000095"})
    void aPasswordOfDigitsIsNotLookedForInsideALongerNumber(String number) {
        assertThat(of("900009").of(number + " bytes")).isEqualTo(number + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/900009/", ":900009:", "a900009a", "900009"})
    void aPasswordOfDigitsIsTakenOutWhereNoDigitStandsBesideIt(String text) {
        assertThat(of("900009").of(text)).isEqualTo(text.replace("900009", Redaction.MARK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90000a", "/00009", ":00009"})
    void aPasswordWithOneCharacterThatIsNoDigitIsTakenOutBesideDigits(String password) {
        assertThat(of(password).of("1" + password + "1")).isEqualTo("1" + Redaction.MARK + "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hunter", "hunte2", "`aaaaa", "{aaaaa"})
    void looksForThePasswordsThatAreJustLongAndOddEnough(String password) {
        assertThat(of(password).of("-" + password + "-")).isEqualTo("-" + Redaction.MARK + "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hunte", "hunter", "aaaaaa", "zzzzzz", "az-za-", "a 1   "})
    void leavesTheWordsThatAreNotQuite(String password) {
        assertThat(of(password).of("-" + password + "-")).isEqualTo("-" + password + "-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two  More  words",
                "two More words",
                "two\n   More\twords",
                "two%20%20More words",
                "two &#32;More\\u0020 words",
                "two\u0085More\u0001words"
            })
    void blanksOfAPasswordMayBeAnyBlanks(String text) {
        assertThat(of("two  More  words").of("a " + text + " b")).isEqualTo("a [redacted] b");
        assertThat(of("two  More  words").of(text)).isEqualTo(Redaction.MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "   ", "\n", "%20"})
    void aBlankThatAPasswordEndsWithMayBeAnyBlank(String blank) {
        assertThat(of("Hunter-2 ").of("a Hunter-2" + blank)).isEqualTo("a [redacted]");
        assertThat(of("Hunter-2 ").of("a Hunter-2" + blank + "b")).isEqualTo("a [redacted]b");
        assertThat(of("Hunter-2 ").of("a Hunter-2")).isEqualTo("a Hunter-2");
    }

    @Test
    void aBlankOfAPasswordIsThere() {
        for (String text :
                new String[] {"twoMore words", "two More", "two More ", "two_More words", "two%21More words"}) {
            assertThat(of("two More words").of(text)).isEqualTo(text);
        }
    }

    @Test
    void aBlankThatAPasswordBeginsWithMayBeAnyBlank() {
        for (String blank : new String[] {" ", "\n", "\t  ", "%20", "\u2003"}) {
            assertThat(of(" Hunter-2").of(blank + "Hunter-2")).isEqualTo(Redaction.MARK);
        }
        assertThat(of(" Hunter-2").of("Hunter-2")).isEqualTo("Hunter-2");
    }

    /** As the header of an answer does, which is read as Latin-1. */
    @Test
    void takesOutAPasswordWhoseUtf8WasReadAsLatin1() {
        String misread = new String("pässw–Örd".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(of("pässw–Örd").of("realm=" + misread + ";")).isEqualTo("realm=[redacted];");
        assertThat(of("pässw–Örd").of("realm=" + misread.replaceAll("\\p{Cc}", " ") + ";"))
                .isEqualTo("realm=[redacted];");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u007funter-2", "\u0080unter-2", "\u00ffunter-2", "\u4e2dunter-2"})
    void knowsAPasswordWhateverItBeginsWith(String password) {
        assertThat(of(password).of(password)).isEqualTo(Redaction.MARK);
        assertThat(of("Hunter-2").of(password)).isEqualTo(password);
    }

    @Test
    void handsTheSameTextBackWhereThereIsNothingToTakeOut() {
        String text = "Honest H words_with%odd & \\ beginnings";

        assertThat(of("Hunter-2").of(text)).isSameAs(text);
    }

    @Test
    void passesWholeLinesOnAtOnceAndTheRestWhenItIsFlushed() throws Exception {
        List<String> target = new ArrayList<>();
        Writer writer = of("Hunter-2").over(told(target));

        writer.write("one\ntwo ");
        assertThat(target).containsExactly("one\n");
        writer.write("Hunter-2");
        assertThat(String.join("", target)).isEqualTo("one\n");
        writer.flush();
        writer.flush();
        assertThat(String.join("", target)).isEqualTo("one\ntwo [redacted]flushflush");
        writer.write("end");
        writer.close();
        assertThat(String.join("", target)).isEqualTo("one\ntwo [redacted]flushflushendflushclose");
    }

    private static Writer told(List<String> target) {
        return new Writer() {
            @Override
            public void write(char[] chars, int from, int length) {
                target.add(new String(chars, from, length));
            }

            @Override
            public void flush() {
                target.add("flush");
            }

            @Override
            public void close() {
                target.add("close");
            }
        };
    }

    @Test
    void looksForNothingAnyMoreWhenItIsClosed() {
        Redaction redaction = of("Hunter-2");
        redaction.close();
        String wiped = "\0".repeat("Hunter-2".length());

        assertThat(redaction.of(wiped)).isEqualTo(wiped);
    }
}
