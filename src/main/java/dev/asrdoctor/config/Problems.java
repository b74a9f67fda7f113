package dev.asrdoctor.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that all of them are told at once. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Position at, String message) {
        Problem problem = new Problem(at, message);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing((Problem p) -> p.at().file())
                        .thenComparingInt(p -> p.at().line())
                        .thenComparingInt(p -> p.at().column()))
                .toList();
    }

    public void throwIfAny() throws ConfigException {
        if (!none()) {
            throw new ConfigException(inOrder());
        }
    }
}
