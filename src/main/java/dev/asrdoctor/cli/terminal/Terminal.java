package dev.asrdoctor.cli.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the output may look like: a progress line and colours only where somebody looks at a terminal that shows them.
 *
 * @param columns of the terminal that the output goes to
 */
public record Terminal(boolean progress, boolean colour, int columns) {
    /** Of what is no terminal, and where nobody tells. */
    private static final int USUAL = 80;

    public Terminal(boolean progress, boolean colour) {
        this(progress, colour, USUAL);
    }

    /**
     * @param told the streams that the launcher found to be terminals, because the JDK cannot tell them apart; null when
     *     the launcher cannot tell either (Windows)
     */
    static Terminal detect(@Nullable String told, Map<String, String> environment) {
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        if (told == null) {
            boolean shown = consoleIsTerminal() && understandsEscapes(environment);
            return new Terminal(shown, shown && !noColour, shown ? columns(environment) : USUAL);
        }
        Set<String> streams = Set.of(told.split(",", -1));
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean out = streams.contains("out");
        return new Terminal(
                streams.contains("err") && !dumb, out && !dumb && !noColour, out ? columns(environment) : USUAL);
    }

    /** As the launcher has asked the terminal, or a shell hands it on. */
    private static int columns(Map<String, String> environment) {
        String told = System.getProperty("asrdoctor.columns", environment.getOrDefault("COLUMNS", ""));
        return told.matches("[1-9]\\d{0,3}") ? Integer.parseInt(told) : USUAL;
    }

    /** A console of Windows shows text in a code page of its own; files and pipes get UTF-8. */
    public static Charset charset(@Nullable String told, PrintStream stream) {
        return told == null && consoleIsTerminal() ? stream.charset() : StandardCharsets.UTF_8;
    }

    /** The old console of Windows prints escape sequences as they are. */
    private static boolean understandsEscapes(Map<String, String> environment) {
        return environment.containsKey("WT_SESSION")
                || "ON".equals(environment.get("ConEmuANSI"))
                || environment.containsKey("TERM");
    }

    /** JDK 21 has a console only on a terminal; later ones always have one, and a method that tells. */
    private static boolean consoleIsTerminal() {
        @SuppressWarnings("SystemConsoleNull")
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
