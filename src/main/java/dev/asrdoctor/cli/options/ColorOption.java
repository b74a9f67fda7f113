package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.report.format.Palette;
import picocli.CommandLine.Option;

/** Whether a report bears colours. */
public final class ColorOption {
    enum When {
        auto,
        always,
        never
    }

    @Option(names = "--color", paramLabel = "WHEN", description = "auto (default), always or never.")
    When color = When.auto;

    public Palette palette(Terminal terminal) {
        boolean colour = switch (color) {
            case auto -> terminal.colour();
            case always -> true;
            case never -> false;
        };
        return colour ? Palette.COLOUR : Palette.PLAIN;
    }
}
