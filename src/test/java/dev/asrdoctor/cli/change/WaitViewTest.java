package dev.asrdoctor.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.Reading;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitViewTest {
    private final StringWriter written = new StringWriter();
    private final List<Duration> slept = new ArrayList<>();

    @Test
    void onATerminalItCountsDownEverySecondAndLeavesNothingBehind() throws Exception {
        try (WaitView view = view(true)) {
            view.pause(failing(2), Duration.ofMinutes(3), Duration.ofSeconds(3));
        }
        assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        String erase = "\u001b[3A\r\u001b[J";
        String servers = "  x ps-1: it is down\n  x ps-2: it is down\n";
        assertThat(written.toString())
                .isEqualTo("0 of 2 well, 3 min left, reading again in 3 s\n" + servers + erase
                        + "0 of 2 well, 2 min left, reading again in 2 s\n" + servers + erase
                        + "0 of 2 well, 2 min left, reading again in 1 s\n" + servers + erase
                        + "0 of 2 well, 2 min left, reading again\n" + servers + erase);
    }

    @Test
    void noLineIsWiderThanATerminalAndManyServersAreCounted() throws Exception {
        try (WaitView view = view(true)) {
            view.pause(failing(500), Duration.ofMinutes(3), Duration.ofMillis(500));
        }
        assertThat(written.toString().lines()).allMatch(line -> line.length() < 80);
        assertThat(written.toString()).contains("  and 490 more\n");
    }

    @Test
    void elsewhereALineIsWrittenOnlyWhenSomethingChanges() throws Exception {
        try (WaitView view = view(false)) {
            view.pause(failing(2), Duration.ofMinutes(3), Duration.ofSeconds(30));
            view.pause(failing(2), Duration.ofMinutes(2), Duration.ofSeconds(30));
            view.pause(failing(1), Duration.ofSeconds(90), Duration.ofSeconds(30));
        }
        assertThat(written.toString().lines())
                .containsExactly(
                        "asrdoctor: 3 min left, 0 of 2 well; waiting for ps-1: it is down, and for 1 more",
                        "asrdoctor: 90 s left, 0 of 1 well; waiting for ps-1: it is down");
        assertThat(slept).hasSize(3).containsOnly(Duration.ofSeconds(30));
    }

    private WaitView view(boolean terminal) {
        return new WaitView(new PrintWriter(written), terminal, true, slept::add);
    }

    private static Assessment failing(int servers) {
        List<String> names =
                IntStream.rangeClosed(1, servers).mapToObj(i -> "ps-" + i).toList();
        Map<String, Reading> down = new LinkedHashMap<>();
        names.forEach(name -> down.put(name, new Reading.Unread("tcp", "refused", "it is down", "look")));
        return Assessment.of(names, new Judged(Map.of(), List.of()), new Judged(down, List.of()), List.of(), List.of());
    }
}
