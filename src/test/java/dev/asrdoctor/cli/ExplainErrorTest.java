package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.diagnosis.ErrorCode;
import dev.asrdoctor.diagnosis.ErrorCodes;
import dev.asrdoctor.report.view.ErrorPage;
import dev.asrdoctor.testing.Peers;
import dev.asrdoctor.testing.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run with -Dpages=write to write docs/errors.md anew. */
class ExplainErrorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"806", "78186", "78028", "78174", "78144", "78188", "Error ID 806", "eph0001", "0x80790100"})
    void anErrorCodeIsExplainedAsItIsWrittenDown(String written) {
        Commands.Ended ended = new Commands().run("explain", written);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("What to do first", "Confidence: ");
    }

    @Test
    void saysWhatLooksForIt() {
        assertThat(new Commands().run("explain", "806").out())
                .contains("asrdoctor check --only services.running,heartbeat.connection");
    }

    @Test
    void everyCodeStandsOnceAndNamesChecksThatAre() {
        assertThat(ErrorCodes.all().stream()
                        .flatMap(error -> Stream.concat(Stream.of(error.code()), error.also().stream()))
                        .toList())
                .doesNotHaveDuplicates()
                .contains("806", "78186", "78028", "78174", "78144");
        assertThat(ErrorCodes.all().stream().map(ErrorCode::checks).flatMap(List::stream))
                .isSubsetOf(Checks.ids());
    }

    @Test
    void thePageInDocsSaysWhatTheCodeSays() throws Exception {
        String all = "# Error codes\n\nEvery code that `asrdoctor explain` knows, written from"
                + " [errors.yaml](../src/main/resources/diagnosis/errors.yaml). H, M and L are how sure the meaning is"
                + " ([facts.md](facts.md)).\n\n"
                + ErrorCodes.all().stream()
                        .map(ErrorPage::of)
                        .map(page -> Shown.in("markdown", page))
                        .map(page -> "#" + page.replace("\n## ", "\n### "))
                        .collect(Collectors.joining("\n"));
        Path file = Peers.project("docs/errors.md");
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(file, all);
        }
        assertThat(Files.readString(file)).isEqualTo(all);
    }
}
