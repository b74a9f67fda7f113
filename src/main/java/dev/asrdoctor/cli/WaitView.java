package dev.asrdoctor.cli;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** What a verification waits for: one line that is redrawn on a terminal, and elsewhere one whenever it changes. */
final class WaitView implements AutoCloseable {
    private static final int WIDTH = 110;

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean shown;
    private String last = "";

    WaitView(PrintWriter err, boolean terminal, boolean shown) {
        this.err = err;
        this.terminal = terminal;
        this.shown = shown;
    }

    void waiting(Assessment assessment, Duration left) {
        if (!shown) {
            return;
        }
        List<ServerChange> open = assessment.servers().stream()
                .filter(server -> server.verdict() == Verdict.FAIL)
                .toList();
        String first = open.isEmpty()
                ? ""
                : open.getFirst().server() + ": " + open.getFirst().waitingFor();
        String state = (assessment.servers().size() - open.size()) + " of "
                + assessment.servers().size() + " well; waiting for " + first
                + (open.size() > 1 ? ", and for " + (open.size() - 1) + " more" : "");
        String line = state.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
        if (terminal) {
            String text = minutes(left) + " left, " + line;
            err.print("\r" + text.substring(0, Math.min(WIDTH, text.length())) + "\u001b[K");
            err.flush();
        } else if (!line.equals(last)) {
            err.println("asrdoctor: " + minutes(left) + " left, " + line);
        }
        last = line;
    }

    private static String minutes(Duration left) {
        long seconds = Math.max(0, left.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    @Override
    public void close() {
        if (shown && terminal && !last.isEmpty()) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
