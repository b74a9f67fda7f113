package dev.asrdoctor.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void coloursOnlyATerminalThatWantsThem() {
        assertThat(Terminal.detect("out,err,", Map.of())).isEqualTo(new Terminal(true, true));
        assertThat(Terminal.detect("", Map.of())).isEqualTo(new Terminal(false, false));
        assertThat(Terminal.detect("out,err,", Map.of("NO_COLOR", "1"))).isEqualTo(new Terminal(true, false));
        assertThat(Terminal.detect("out,err,", Map.of("NO_COLOR", ""))).isEqualTo(new Terminal(true, true));
        assertThat(Terminal.detect("out,err,", Map.of("TERM", "dumb"))).isEqualTo(new Terminal(false, false));
        assertThat(Terminal.detect("err,", Map.of())).isEqualTo(new Terminal(true, false));
    }

    @Test
    void progressWritesNothingIntoAPipe() {
        StringWriter err = new StringWriter();
        try (Progress progress = new Progress(new PrintWriter(err), false, "checking", 3, () -> 0)) {
            progress.finished(true);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void progressTellsHowManyAreDoneAndClearsItsLine() {
        StringWriter err = new StringWriter();
        try (Progress progress = new Progress(new PrintWriter(err, true), true, "checking", 2, () -> 0)) {
            progress.finished(true);
            progress.finished(false);
        }
        assertThat(err.toString()).contains("2/2, 1 could not be read").endsWith("\r\u001b[K");
    }

    @Test
    void isAsWideAsSomebodySaysAndNoWiderWhereNobodyLooks() {
        assertThat(Terminal.detect("out,", Map.of("COLUMNS", "132")).columns()).isEqualTo(132);
        assertThat(Terminal.detect("out,", Map.of("COLUMNS", "wide")).columns()).isEqualTo(80);
        assertThat(Terminal.detect("out,", Map.of()).columns()).isEqualTo(80);
        assertThat(Terminal.detect("err,", Map.of("COLUMNS", "132")).columns()).isEqualTo(80);
    }
}
