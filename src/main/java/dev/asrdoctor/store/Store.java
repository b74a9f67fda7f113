package dev.asrdoctor.store;

/**
 * Where a fleet's state is kept. Whatever a store says to have written is there after a crash at any moment; what was half
 * written counts for nothing, or is told; two processes never take each other's place.
 */
public interface Store {
    /** For people: a folder's or a database's name. */
    String place();

    Journals journal();

    Windows windows();

    /** The latest facts of every server. */
    FactSet facts();
}
