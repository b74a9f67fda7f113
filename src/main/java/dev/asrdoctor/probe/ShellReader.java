package dev.asrdoctor.probe;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads with one small script what the shell itself is like; changes nothing. */
public final class ShellReader {
    private final RandomGenerator random;

    public ShellReader(RandomGenerator random) {
        this.random = random;
    }

    public ShellFacts read(Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Nonce nonce = Nonce.random(random);
        Output output = session.run(new Request.ReadShell().sent(nonce), deadline);
        JsonNode shell = parse(Answer.json(output, nonce)).path("shell");
        if (!shell.path("data").isObject()) {
            throw new AnswerException(new AnswerFailure.NoAnswer(
                    output.exitCode(), shell.path("error").path("message").asString("")));
        }
        JsonNode data = shell.path("data");
        return new ShellFacts(
                text(data, "psVersion"),
                text(data, "languageMode"),
                scriptsForbidden(data) ? "Restricted" : text(data, "policy"),
                text(data, "executionPolicy"),
                data.path("memoryMB").isNumber() ? data.path("memoryMB").asLong() : null,
                text(data, "dotNetVersion"),
                data.path("administrator").isBoolean()
                        ? data.path("administrator").asBoolean()
                        : null);
    }

    /** "Turn on Script Execution" switched off leaves no policy's name behind, only this zero. */
    private static boolean scriptsForbidden(JsonNode data) {
        return data.path("scripts").isNumber() && data.path("scripts").asLong() == 0;
    }

    private static JsonNode parse(String json) throws AnswerException {
        try {
            return FactsJson.parse(json);
        } catch (IllegalArgumentException e) {
            throw new AnswerException(new AnswerFailure.GarbledAnswer(String.valueOf(e.getMessage())));
        }
    }

    private static @Nullable String text(JsonNode data, String name) {
        return data.path(name).isString() ? data.path(name).asString() : null;
    }
}
