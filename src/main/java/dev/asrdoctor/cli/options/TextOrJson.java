package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.Palette;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How results are shown that are for people or for programs. */
public final class TextOrJson {
    private static final List<String> FORMATS = List.of("text", "json");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    String format = "text";

    @Mixin
    ColorOption color = new ColorOption();

    public void check() throws UsageException {
        OutputFormat.check(format, FORMATS);
    }

    public boolean json() {
        return format.equals("json");
    }

    public Palette palette(Terminal terminal) {
        return color.palette(terminal);
    }
}
