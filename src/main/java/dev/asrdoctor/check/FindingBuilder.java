package dev.asrdoctor.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers a finding's evidence in the order in which it should be read; what was not read is left out. */
final class FindingBuilder {
    private final Check check;
    private final String subject;
    private final Map<String, Object> evidence = new LinkedHashMap<>();

    FindingBuilder(Check check, String subject) {
        this.check = check;
        this.subject = subject;
    }

    FindingBuilder evidence(String name, @Nullable Object value) {
        if (value != null) {
            evidence.put(name, value);
        }
        return this;
    }

    Finding is(Status status, Severity severity, String title, @Nullable String nextAction) {
        return new Finding(
                check.id(),
                check.step(),
                subject,
                status,
                severity,
                title,
                Collections.unmodifiableMap(evidence),
                nextAction);
    }
}
