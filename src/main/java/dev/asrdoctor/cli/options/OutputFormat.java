package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.report.format.Formats;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -o} asks for: a format, and where it goes.
 *
 * @param file null for the terminal
 */
public record OutputFormat(String name, @Nullable Path file) {

    /** {@code FORMAT} or {@code FORMAT=FILE}. */
    static OutputFormat of(String word) {
        int equals = word.indexOf('=');
        return equals < 0
                ? new OutputFormat(word, null)
                : new OutputFormat(word.substring(0, equals), Path.of(word.substring(equals + 1)));
    }

    public static List<OutputFormat> of(List<String> words) {
        return words.stream().map(OutputFormat::of).toList();
    }

    /** @throws UsageException if the command knows no such format */
    private static void check(String format, List<String> known) throws UsageException {
        if (!known.contains(format)) {
            throw new UsageException("unknown output format '" + format + "'; known are " + String.join(", ", known)
                    + Suggestion.didYouMean(format, known));
        }
    }

    /** @throws UsageException if one is not known, cannot be written, or more than one goes to the terminal */
    public static void check(List<String> words, List<String> known) throws UsageException {
        for (String word : words) {
            OutputFormat output = of(word);
            check(output.name, known);
            if (word.endsWith("=")) {
                throw new UsageException("-o " + word + " names no file");
            }
            if (output.file != null) {
                NamedFiles.writable("-o " + word, output.file);
            }
        }
        NamedFiles named = new NamedFiles();
        for (OutputFormat output : of(words)) {
            named.add("-o " + output.name, output.file);
        }
        if (of(words).stream().filter(OutputFormat::toTerminal).count() > 1) {
            throw new UsageException("only one output format can go to the terminal; write the others as FORMAT=FILE");
        }
    }

    /** Whether a program may read the terminal, whom progress would disturb. */
    public static boolean machineReadable(List<String> words) {
        return of(words).stream().anyMatch(output -> output.toTerminal() && !output.name.equals(Formats.DEFAULT));
    }

    boolean toTerminal() {
        return file == null;
    }
}
