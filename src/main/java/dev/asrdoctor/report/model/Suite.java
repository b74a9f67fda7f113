package dev.asrdoctor.report.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cases of one server, or of another part of a document, for build servers.
 *
 * @param name of the class that its cases are shown under too
 * @param at null where it has no time
 * @param output further text; empty for none
 */
public record Suite(
        String name,
        String group,
        @Nullable Instant at,
        Map<String, String> properties,
        List<Case> cases,
        String output) {

    /** @param body in lines */
    public record Case(String name, Outcome outcome, String message, String body) {
        public static Case passed(String name) {
            return new Case(name, Outcome.PASSED, "", "");
        }
    }

    public enum Outcome {
        PASSED,
        /** With something to tell all the same. */
        NOTED,
        FAILED,
        /** Nobody can tell. */
        ERROR,
        SKIPPED
    }
}
