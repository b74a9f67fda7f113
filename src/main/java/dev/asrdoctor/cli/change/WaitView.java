package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.Waiting;
import dev.asrdoctor.report.format.Look;
import dev.asrdoctor.report.view.ChangeWords;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.text.Plain;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification waits for: on a terminal a few lines that are redrawn every second, and elsewhere one whenever
 * something changes.
 */
final class WaitView implements Waiting {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_SHOWN = 10;

    /** Lets time pass. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean shown;
    private final Pause pause;
    private int drawn;
    private String last = "";

    WaitView(PrintWriter err, boolean terminal, boolean shown, Pause pause) {
        this.err = err;
        this.terminal = terminal;
        this.shown = shown;
        this.pause = pause;
    }

    @Override
    public void pause(Assessment assessment, Duration left, Duration next) throws InterruptedException {
        if (!shown || !terminal) {
            tell(assessment, left);
            pause.sleep(next);
            return;
        }
        for (Duration waited = Duration.ZERO; waited.compareTo(next) < 0; waited = waited.plus(TICK)) {
            Duration rest = next.minus(waited);
            draw(assessment, left.minus(waited), rest);
            pause.sleep(rest.compareTo(TICK) < 0 ? rest : TICK);
        }
        draw(assessment, left.minus(next), Duration.ZERO);
    }

    private void tell(Assessment assessment, Duration left) {
        String line = state(assessment);
        if (shown && !line.equals(last)) {
            err.println("asrdoctor: " + words(left) + " left, " + Plain.line(line));
        }
        last = line;
    }

    /** How many are well, and what is waited for first. */
    static String state(Assessment assessment) {
        List<ServerChange> open = open(assessment);
        if (open.isEmpty() && assessment.missingAnywhere().isEmpty()) {
            return well(assessment, open);
        }
        return well(assessment, open) + "; waiting for " + first(assessment, open)
                + (open.size() > 1 ? ", and for " + (open.size() - 1) + " more" : "");
    }

    private static String first(Assessment assessment, List<ServerChange> open) {
        return open.isEmpty()
                ? assessment.missingAnywhere().getFirst().expectation().path() + " on any server"
                : what(open.getFirst());
    }

    private void draw(Assessment assessment, Duration left, Duration next) {
        List<ServerChange> open = open(assessment);
        List<String> lines = new ArrayList<>();
        lines.add(well(assessment, open) + ", " + words(left) + " left, "
                + (next.isZero() ? "reading again" : "reading again in " + words(next)));
        assessment
                .missingAnywhere()
                .forEach(missing ->
                        lines.add("  x any server: " + missing.expectation().path() + " has not come"));
        open.stream().limit(MOST_SHOWN).forEach(server -> lines.add("  x " + what(server)));
        if (open.size() > MOST_SHOWN) {
            lines.add("  and " + (open.size() - MOST_SHOWN) + " more");
        }
        clear();
        lines.forEach(line -> err.print(Plain.cut(Plain.line(line), Look.NARROW - 1) + "\n"));
        err.flush();
        drawn = lines.size();
    }

    /** What cannot be reached first. */
    private static List<ServerChange> open(Assessment assessment) {
        return ChangeWords.worstFirst(assessment).stream()
                .filter(server -> server.verdict() == Verdict.FAIL)
                .toList();
    }

    private static String what(ServerChange server) {
        return server.server() + ": " + server.waitingFor();
    }

    private static String well(Assessment assessment, List<ServerChange> open) {
        int servers = assessment.servers().size();
        return (servers - open.size()) + " of " + servers + " well";
    }

    private static String words(Duration time) {
        long seconds = Math.max(0, time.toMillis() + 999) / 1000;
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    @Override
    public void stopped(Assessment assessment) {
        close();
        err.println(
                "asrdoctor: as far as it was read, " + state(assessment) + "; nothing of it is kept, so verify again");
    }

    private void clear() {
        if (drawn > 0) {
            err.print("\u001b[" + drawn + "A\r\u001b[J");
            drawn = 0;
        }
    }

    @Override
    public void close() {
        clear();
        err.flush();
    }
}
