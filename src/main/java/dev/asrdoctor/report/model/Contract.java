package dev.asrdoctor.report.model;

import tools.jackson.core.JsonGenerator;

/** A subject as programs read it, by a schema of its own. Written part by part; nothing of it is kept. */
@FunctionalInterface
public interface Contract {
    void write(JsonGenerator json);
}
