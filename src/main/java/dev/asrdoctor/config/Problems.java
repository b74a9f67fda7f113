package dev.asrdoctor.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes, so that all of them are told at once. */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private boolean complete;

    public void add(Position at, String message) {
        if (!complete) {
            found.add(new Problem(at, message));
        }
    }

    /** Takes what was found before for a consequence of this, and whatever follows too. */
    public void nothingBut(Position at, String message) {
        found.clear();
        found.add(new Problem(at, message));
        complete = true;
    }

    public void addAll(Collection<Problem> problems) {
        if (!complete) {
            found.addAll(problems);
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
