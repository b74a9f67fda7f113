package dev.asrdoctor.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TameWriterTest {
    @Test
    void nothingThatATerminalObeysGoesThroughButOwnColoursAndLineEnds() {
        StringWriter shown = new StringWriter();
        PrintWriter writer = new PrintWriter(new TameWriter(shown));

        writer.print("a\u009b31m\u202eb\u0000\u0007\u2028\u007f\tc\r\n\u001b[1mbold\u001b[0m \ud83d\ude00 \u65e5\n");
        writer.flush();

        assertThat(shown.toString()).isEqualTo("a?31m?b????\tc\r\n\u001b[1mbold\u001b[0m \ud83d\ude00 \u65e5\n");
    }
}
