package dev.asrdoctor.change;

import java.util.List;

/**
 * What differs between two sets of facts.
 *
 * @param differences by path
 * @param notCompared {@code SERVER/area} for areas that only one of the two was asked for
 * @param values how many single values were looked at, of both sets together
 */
public record Comparison(List<Difference> differences, List<String> notCompared, long values) {
    public Comparison {
        differences = List.copyOf(differences);
        notCompared = List.copyOf(notCompared);
    }
}
