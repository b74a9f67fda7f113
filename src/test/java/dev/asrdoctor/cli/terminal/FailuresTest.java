package dev.asrdoctor.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aNameThatNoFileCanHaveIsTheUsersMistakeAndNoFaultOfTheProgram() {
        StringWriter err = new StringWriter();

        int code = Failures.explain(
                new InvalidPathException("CHG_06:00.html", "Illegal char <:> at index 6"), new PrintWriter(err));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("asrdoctor: no file can be called CHG_06:00.html: Illegal char <:> at index 6");
    }
}
