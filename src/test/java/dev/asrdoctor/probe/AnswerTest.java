package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.remoting.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final Nonce NONCE = new Nonce("00ff00ff00ff00ff");
    private static final String JSON = "{\"version\":1,\"areas\":{\"host\":{\"data\":{\"culture\":\"fr-FR\"}}}}";
    private static final String FRAME = "ASRDOCTOR-ANSWER 1 " + NONCE.text() + " " + JSON.length() + " "
            + Answer.sha256(JSON.getBytes(StandardCharsets.ISO_8859_1), 0, JSON.length()) + " " + JSON
            + " ASRDOCTOR-END";

    @Test
    void findsTheAnswerAmidWhateverElseWasWritten() throws Exception {
        assertThat(Answer.json(stdout("Bienvenue \u00e0 bord\r\n" + FRAME + "\r\nAu revoir\r\n"), NONCE))
                .isEqualTo(JSON);
    }

    @Test
    void recognisesAnAnswerThatIsCutAnywhere() {
        for (int length = 0; length < FRAME.length(); length++) {
            Output cut = stdout(FRAME.substring(0, length));
            assertThatThrownBy(() -> Answer.json(cut, NONCE)).isInstanceOf(AnswerException.class);
        }
    }

    @Test
    void neverTakesAChangedAnswerForTheOneThatWasSent() {
        byte[] whole = FRAME.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertRefusedOrUnchanged(flipped);
            }
            byte[] shorter = new byte[whole.length - 1];
            System.arraycopy(whole, 0, shorter, 0, at);
            System.arraycopy(whole, at + 1, shorter, at, whole.length - at - 1);
            assertRefusedOrUnchanged(shorter);
        }
        for (int at = 0; at <= whole.length; at++) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            System.arraycopy(whole, at, longer, at + 1, whole.length - at);
            for (int inserted = 0; inserted < 256; inserted++) {
                longer[at] = (byte) inserted;
                assertRefusedOrUnchanged(longer);
            }
        }
    }

    @Test
    void anAnswerToAnotherRequestIsNotOurs() {
        assertThatThrownBy(() -> Answer.json(stdout(FRAME), new Nonce("1111111111111111")))
                .hasMessageContaining("it answers another request");
    }

    @Test
    void anAnswerOfAnotherVersionIsToldAsSuch() {
        assertThatThrownBy(() -> Answer.json(stdout(FRAME.replace("ANSWER 1 ", "ANSWER 2 ")), NONCE))
                .hasMessageContaining("of version 2");
    }

    @Test
    void withoutAnAnswerTheErrorStreamIsShownInPlainWords() {
        String clixml =
                "#< CLIXML\r\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                        + "<Obj S=\"progress\" RefId=\"0\"><S N=\"x\">Preparing modules</S></Obj>"
                        + "<S S=\"Error\">Acc\u00e8s refus\u00e9_x000D__x000A_</S><S S=\"Error\">ligne 2</S></Objs>";
        assertThatThrownBy(() -> Answer.json(output("", clixml, 1), NONCE))
                .hasMessage("the script ended with exit code 1 and without an answer: Acc\u00e8s refus\u00e9 ligne 2");
    }

    @Test
    void constrainedLanguageModeIsToldAsSuch() {
        String clixml =
                "#< CLIXML\r\n<Objs xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><S S=\"Error\">    +"
                        + " FullyQualifiedErrorId : MethodInvocationNotSupportedInConstrainedLanguage_x000D__x000A_</S></Objs>";
        assertFailure(output("", clixml, 1), new AnswerFailure.ConstrainedLanguage());
    }

    @Test
    void constrainedLanguageModeIsRecognisedAlsoWhereTheErrorIsWrapped() {
        assertFailure(
                output("", "+ FullyQualifiedErrorId : MethodInvocationNotSupportedInConstrained\r\n   Language\r\n", 1),
                new AnswerFailure.ConstrainedLanguage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'powershell.exe' is not recognized as an internal or external command,\r\noperable program or batch file.",
                "'powershell.exe' n'est pas reconnu en tant que commande interne\r\nou externe."
            })
    void aServerWithoutPowerShellIsToldAsSuch(String stderr) {
        assertFailure(output("", stderr, 1), new AnswerFailure.NoPowerShell());
    }

    @Test
    void theExitCodeOfAMissingProgramIsEnoughWhateverTheLanguage() {
        assertFailure(output("", "Der Befehl ist entweder falsch geschrieben", 9009), new AnswerFailure.NoPowerShell());
    }

    @Test
    void anExitCodeOfOneAloneDoesNotMeanThatPowerShellIsMissing() {
        assertFailure(output("", "blocked", 1), new AnswerFailure.NoAnswer(1, "blocked"));
    }

    @Test
    void anAnswerWithErrorsBesideItIsStillTheAnswer() throws Exception {
        assertThat(Answer.json(output(FRAME, "ConstrainedLanguage 'powershell.exe'", 9009), NONCE))
                .isEqualTo(JSON);
    }

    @Test
    void clixmlThatIsBrokenOffIsShownAsItCame() {
        assertFailure(
                output("", "#< CLIXML\r\n<Objs><S S=\"Error\">half", 1),
                new AnswerFailure.NoAnswer(1, "#< CLIXML <Objs><S S=\"Error\">half"));
    }

    private static void assertFailure(Output output, AnswerFailure expected) {
        assertThatThrownBy(() -> Answer.json(output, NONCE))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        thrown -> assertThat(thrown.failure()).isEqualTo(expected));
    }

    private static void assertRefusedOrUnchanged(byte[] stdout) {
        try {
            assertThat(Answer.json(new Output(stdout, new byte[0], 0, Duration.ZERO), NONCE))
                    .isEqualTo(JSON);
        } catch (AnswerException refused) {
            assertThat(refused.failure().advice()).isNotBlank();
        }
    }

    private static Output stdout(String text) {
        return output(text, "", 0);
    }

    private static Output output(String stdout, String stderr, int exitCode) {
        return new Output(
                stdout.getBytes(StandardCharsets.UTF_8),
                stderr.getBytes(StandardCharsets.UTF_8),
                exitCode,
                Duration.ZERO);
    }
}
