package dev.asrdoctor.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Which servers had to be asked again before they answered, as {@code check -v} shows it. */
public final class WaitText {
    private static final int WIDTH = 80;

    private WaitText() {}

    /** @param waits in words by server, in the order to show */
    public static void write(Map<String, List<String>> waits, PrintWriter out) {
        if (waits.isEmpty()) {
            return;
        }
        out.println();
        out.println("What had to be asked again");
        waits.forEach((server, all) -> {
            out.println("  " + Plain.cut(Plain.line(server), WIDTH - 2));
            all.forEach(wait -> out.println(Plain.cut("    " + wait, WIDTH)));
        });
    }
}
