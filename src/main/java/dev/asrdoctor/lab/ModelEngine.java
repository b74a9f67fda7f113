package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.remoting.PowerShellCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Answers asrdoctor's own scripts in Java, to the letter as PowerShell would answer them from the same world, without
 * running them: fast enough for thousands of servers.
 */
final class ModelEngine implements ScriptEngine {
    private static final String REQUEST = "$AsrRequest = '";

    @Override
    public ScriptResult run(World world, Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException {
        String script;
        switch (commandLine.strip()) {
            case PowerShellCommand.LINE -> script = new String(stdin, StandardCharsets.ISO_8859_1);
            case PowerShellCommand.LINE_FROM_ENVIRONMENT -> script = joined(environment);
            default -> {
                return ModelCmd.run(world, commandLine);
            }
        }
        Optional<String> request = request(script);
        if (request.isEmpty()) {
            return failed("The lab's model engine answers only asrdoctor's own scripts; use engine: pwsh for others.");
        }
        ModelRequests.Asked asked = ModelRequests.of(request.get());
        JsonNode json = asked.json();
        if (ModelShell.constrained(world)) {
            return failed(ModelShell.REFUSAL);
        }
        Map<String, Object> answer = switch (json.path("action").asString("")) {
            case "remedy" -> ModelRemedy.answer(world, json);
            case "shell" -> ModelShell.answer(world);
            default -> ModelProbe.answer(world, asked);
        };
        return framed(asked.nonce(), AsciiJson.write(answer));
    }

    private static String joined(Map<String, String> environment) {
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= 99; i++) {
            String part = environment.getOrDefault(PowerShellCommand.VARIABLE + i, "||");
            script.append(part, 1, part.length() - 1);
        }
        return script.toString();
    }

    private static Optional<String> request(String script) {
        int begin = script.indexOf(REQUEST);
        int end = script.indexOf('\n', Math.max(begin, 0));
        if (begin < 0 || end < 0 || script.charAt(end - 1) != '\'') {
            return Optional.empty();
        }
        return Optional.of(script.substring(begin + REQUEST.length(), end - 1).replace("''", "'"));
    }

    private static ScriptResult framed(String nonce, String json) {
        String line = "ASRDOCTOR-ANSWER 1 " + nonce + " " + json.length() + " " + sha256(json) + " " + json
                + " ASRDOCTOR-END\r\n";
        return new ScriptResult(line.getBytes(StandardCharsets.US_ASCII), new byte[0], 0);
    }

    /** The error stream as powershell.exe writes it. */
    static ScriptResult failed(String message) {
        String clixml =
                "#< CLIXML\r\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                        + "<S S=\"Error\">" + message.replace("&", "&amp;").replace("<", "&lt;")
                        + "_x000D__x000A_</S></Objs>";
        return new ScriptResult(new byte[0], clixml.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static String sha256(String ascii) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
