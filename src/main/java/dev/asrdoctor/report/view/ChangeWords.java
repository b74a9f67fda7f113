package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.text.Plain;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes and differences in words, whatever they are shown in. */
public final class ChangeWords {
    private static final int LONGEST_VALUE = 120;

    private ChangeWords() {}

    /** Counts for a line. */
    static String summary(Assessment assessment) {
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(assessment.servers().size(), "server"));
        long unread = assessment.servers().stream()
                .filter(server -> server.unread() != null)
                .count();
        add(parts, unread, "not reachable", "not reachable");
        add(parts, count(assessment, ProblemChange.Kind.NEW), "new problem", "new problems");
        add(parts, count(assessment, ProblemChange.Kind.NEW_WARNING), "new warning", "new warnings");
        long missing = assessment.missingAnywhere().size()
                + assessment.servers().stream()
                        .mapToLong(server -> server.missing().size())
                        .sum();
        add(parts, missing, "declared difference missing", "declared differences missing");
        long undeclared = assessment.servers().stream()
                .mapToLong(server -> server.undeclared().size())
                .sum();
        add(parts, undeclared, "undeclared difference", "undeclared differences");
        long declared = assessment.servers().stream()
                .mapToLong(server -> server.declared().size())
                .sum();
        add(parts, declared, "declared difference", "declared differences");
        add(parts, count(assessment, ProblemChange.Kind.GONE), "problem gone", "problems gone");
        add(parts, count(assessment, ProblemChange.Kind.UNCHANGED), "old problem unchanged", "old problems unchanged");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private static long count(Assessment assessment, ProblemChange.Kind kind) {
        return assessment.servers().stream()
                .mapToLong(server -> server.problems(kind).size())
                .sum();
    }

    /** What cannot be reached, then what failed, and what passed last. */
    public static List<ServerChange> worstFirst(Assessment assessment) {
        return assessment.servers().stream()
                .sorted(Comparator.comparingInt(ChangeWords::worst))
                .toList();
    }

    private static int worst(ServerChange server) {
        return server.unread() != null
                ? 0
                : switch (server.verdict()) {
                    case FAIL -> 1;
                    case NOTES -> 2;
                    case PASS -> 3;
                };
    }

    /** Why a server has its verdict, in a line. */
    static String why(ServerChange server) {
        return switch (server.verdict()) {
            case FAIL -> server.waitingFor();
            case PASS -> passed(server);
            case NOTES -> {
                List<String> parts = new ArrayList<>();
                if (server.unreadBefore()) {
                    parts.add("not read before the change");
                }
                add(parts, server.problems(ProblemChange.Kind.NEW_WARNING).size(), "new warning", "new warnings");
                add(parts, server.undeclared().size(), "undeclared difference", "undeclared differences");
                yield String.join(", ", parts);
            }
        };
    }

    static String passed(ServerChange server) {
        List<String> parts = new ArrayList<>();
        int declared = server.declared().size();
        parts.add(declared == 0 ? "as before" : Words.count(declared, "declared difference") + ", nothing else");
        int old = server.problems(ProblemChange.Kind.UNCHANGED).size();
        if (old > 0) {
            parts.add(Words.count(old, "old problem") + " unchanged");
        }
        return String.join("; ", parts);
    }

    /** Path and values, for example {@code ps-01/product/version: 9.61 -> 9.62}. */
    static String words(Difference difference) {
        String before = difference.before();
        String after = difference.after();
        String path = difference.path();
        if (before == null) {
            return path + " is new" + itself(path, after);
        }
        if (after == null) {
            return path + " is gone" + itself(path, before);
        }
        return path + ": " + value(before) + " -> " + value(after);
    }

    /** A list's item that is its own key needs not be told twice. */
    private static String itself(String path, @Nullable String value) {
        return value == null || path.endsWith("/" + value) ? "" : ": " + value(value);
    }

    static String value(@Nullable String value) {
        return value == null ? "nothing" : value.isEmpty() ? "''" : Plain.cut(Plain.line(value), LONGEST_VALUE);
    }
}
