package dev.asrdoctor.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One verdict about one server.
 *
 * @param check the check's id, for example {@code services.running}
 * @param step the step of Microsoft's article, for example {@code 2}; empty where the article has none
 * @param subject what exactly it is about, for example a service's short name; empty for the server as a whole
 * @param title one line without the server's name
 * @param evidence what was read and expected, in a stable order; values are strings, numbers, booleans or lists of them
 * @param nextAction what to do, null when nothing is to be done
 */
public record Finding(
        String check,
        String step,
        String subject,
        Status status,
        Severity severity,
        String title,
        Map<String, Object> evidence,
        @Nullable String nextAction) {
    public Finding {
        evidence = Evidence.of(evidence);
    }
}
