package dev.asrdoctor.product;

import java.util.List;

/**
 * Folders that virus scanners have to leave alone, written as on drive C.
 *
 * @param all each of them
 * @param anyOf of which one is enough, since documents differ; the last is where the product is usually installed
 */
public record Exclusions(List<String> all, List<String> anyOf) {
    static final Exclusions NONE = new Exclusions(List.of(), List.of());

    public Exclusions {
        all = List.copyOf(all);
        anyOf = List.copyOf(anyOf);
    }
}
