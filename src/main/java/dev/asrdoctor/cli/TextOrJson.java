package dev.asrdoctor.cli;

import dev.asrdoctor.report.Palette;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How results are shown that are for people or for programs. */
final class TextOrJson {
    private static final List<String> FORMATS = List.of("text", "json");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    String format = "text";

    @Mixin
    ColorOption color = new ColorOption();

    void check() throws UsageException {
        OutputFormat.check(format, FORMATS);
    }

    boolean json() {
        return format.equals("json");
    }

    Palette palette(Terminal terminal) {
        return color.palette(terminal);
    }
}
