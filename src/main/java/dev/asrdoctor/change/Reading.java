package dev.asrdoctor.change;

import dev.asrdoctor.facts.Facts;

/** What a visit to a server brought. */
public sealed interface Reading {
    record Read(Facts facts) implements Reading {}

    /**
     * The server gave no answer.
     *
     * @param stage how far it came, for example {@code tcp}
     * @param kind of the failure, for example {@code connection-refused}
     */
    record Unread(String stage, String kind, String message, String advice) implements Reading {}
}
