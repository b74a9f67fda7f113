package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The few commands of cmd.exe that other WinRM clients like to try. */
final class ModelCmd {
    private ModelCmd() {}

    static ScriptResult run(World world, String commandLine) {
        String line = commandLine.strip();
        String[] words = line.split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "hostname" -> text(world.host().computerName());
            case "whoami" -> text(world.host().computerName().toLowerCase(Locale.ROOT) + "\\administrator");
            case "ver" -> text("\r\nMicrosoft Windows [Version " + world.host().osVersion() + "]");
            case "echo" -> text(argument);
            case "exit" -> new ScriptResult(new byte[0], new byte[0], code(argument));
            default ->
                new ScriptResult(
                        new byte[0],
                        ("'" + words[0] + "' is not recognized as an internal or external command,\r\n"
                                        + "operable program or batch file.\r\n")
                                .getBytes(StandardCharsets.UTF_8),
                        1);
        };
    }

    private static ScriptResult text(String text) {
        return new ScriptResult((text + "\r\n").getBytes(StandardCharsets.UTF_8), new byte[0], 0);
    }

    private static int code(String argument) {
        return argument.matches("\\d{1,9}") ? Integer.parseInt(argument) : 0;
    }
}
