package dev.asrdoctor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.WindowsError;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a script ended without an answer, told by exit code and by what it wrote. */
class EndingsTest {
    private static AnswerFailure ending(int exitCode, String stdout, String stderr) {
        Output output = new Output(stdout.getBytes(UTF_8), stderr.getBytes(UTF_8), exitCode, Duration.ZERO);
        AnswerException failure =
                catchThrowableOfType(AnswerException.class, () -> Answer.json(output, Nonce.random(new Random(1))));
        return failure.failure();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Process is terminated due to OutOfMemoryException.",
                "Process is terminated due to StackOverflowException.",
                "Exception of type 'System.OutOfMem\r\noryException' was thrown.",
                "The paging file is too small for this operation to complete.",
                "Die Auslagerungsdatei ist zu klein, um diesen Vorgang durchzuf\u00fchren.",
                "Le fichier de pagination est insuffisant pour terminer cette op\u00e9ration.",
                "El archivo de paginaci\u00f3n es demasiado peque\u00f1o para completar la operaci\u00f3n.",
                "Not enough storage is available to process this command.",
            })
    void whatTellsOfMemoryNamesTheQuotaOfTheShellAndNoAntivirus(String written) {
        for (AnswerFailure failure : new AnswerFailure[] {ending(1, "", written), ending(1, written, "")}) {
            assertThat(failure.advice()).contains("MaxMemoryPerShellMB").doesNotContain("antivirus");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-2147024882 | 0x8007000E ERROR_OUTOFMEMORY | MaxMemoryPerShellMB",
                "-1073741801 | 0xC0000017 STATUS_NO_MEMORY | MaxMemoryPerShellMB",
                "-1073741523 | 0xC000012D STATUS_COMMITMENT_LIMIT | MaxMemoryPerShellMB",
                "-2147023895 | 0x800703E9 ERROR_STACK_OVERFLOW | MaxMemoryPerShellMB",
                "-1073741571 | 0xC00000FD STATUS_STACK_OVERFLOW | MaxMemoryPerShellMB",
                "-2147023441 | 0x800705AF ERROR_COMMITMENT_LIMIT | MaxMemoryPerShellMB",
                "1455 | ERROR_COMMITMENT_LIMIT | MaxMemoryPerShellMB",
                "-1073741502 | 0xC0000142 STATUS_DLL_INIT_FAILED | desktop heap",
                "-1073741205 | 0xC000026B STATUS_DLL_INIT_FAILED_LOGOFF | desktop heap",
                "-1073741819 | 0xC0000005 STATUS_ACCESS_VIOLATION | Application event log",
                "-532462766 | 0xE0434352 | Application event log",
                "-1073740791 | 0xC0000409 STATUS_STACK_BUFFER_OVERRUN | Application event log",
                "-1073741515 | 0xC0000135 STATUS_DLL_NOT_FOUND | sfc",
                "-1073741510 | 0xC000013A STATUS_CONTROL_C_EXIT | ended from outside",
                "1073807364 | 0x40010004 DBG_TERMINATE_PROCESS | ended from outside",
                "-196608 | 0xFFFD0000 | powershell.exe -NoProfile",
                "-65536 | 0xFFFF0000 | powershell.exe -NoProfile",
                "1260 | ERROR_ACCESS_DISABLED_BY_POLICY | AppLocker",
                "-2147020345 | 0x800711C7 ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION | AppLocker",
                "-2147024671 | 0x800700E1 ERROR_VIRUS_INFECTED | antivirus stopped it",
                "-1073741756 | 0xC0000044 STATUS_QUOTA_EXCEEDED | MaxMemoryPerShellMB",
                "-805306369 | 0xCFFFFFFF | antivirus",
            })
    void anExitCodeHasItsNameAndItsOwnAdvice(int exitCode, String told, String advised) {
        AnswerFailure failure = ending(exitCode, "", "");
        assertThat(failure.message()).contains("exit code " + exitCode + ", " + told);
        assertThat(failure.advice()).contains(advised);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8, 14, 112, 225})
    void aSmallExitCodeIsTheProgramsOwn(int exitCode) {
        AnswerFailure failure = ending(exitCode, "", "");
        assertThat(failure.message())
                .isEqualTo("the script ended with exit code " + exitCode + " and without an answer");
        assertThat(failure.advice()).contains("an antivirus", "a policy");
    }

    @Test
    void anEndWithoutAnExitCodeIsToldAsOne() {
        assertThat(ending(Output.NO_EXIT_CODE, "", "").message())
                .isEqualTo("the script ended without an exit code and without an answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Der Befehl \"powershell.exe\" ist entweder falsch geschrieben oder\r\nkonnte nicht gefunden werden.",
                "'powershell.exe' is not recognized as an internal or external command,",
                "\"powershell.exe\" no se reconoce como un comando interno o externo,",
                "\"powershell.exe\" \u043d\u0435 \u044f\u0432\u043b\u044f\u0435\u0442\u0441\u044f",
                "\u00abpowershell.exe\u00bb n'est pas reconnu",
                "'PowerShell.exe' \u4e0d\u662f\u5185\u90e8\u6216\u5916\u90e8\u547d\u4ee4",
            })
    void cmdThatDoesNotFindPowerShellIsUnderstoodInEveryLanguage(String written) {
        assertThat(ending(1, "", written)).isEqualTo(new AnswerFailure.NoPowerShell());
    }

    @Test
    void anErrorThatMerelyMentionsPowerShellIsNotAMissingOne() {
        assertThat(ending(1, "", "C:\\Windows\\powershell.exe is blocked by group policy"))
                .isInstanceOf(AnswerFailure.NoAnswer.class);
    }

    @Test
    void everyWindowsErrorIsKnownInEachOfItsForms() {
        for (WindowsError error : WindowsError.all()) {
            assertThat(WindowsError.of(error.code())).hasValue(error);
            assertThat(WindowsError.of((int) error.code())).hasValue(error);
            assertThat(error.advice()).endsWith(".").hasSizeGreaterThan(40);
            if (error.code() < 0x10000) {
                assertThat(WindowsError.of(0x80070000L + error.code()).map(WindowsError::name))
                        .hasValue(error.name());
            }
        }
    }
}
