package dev.asrdoctor.change;

import dev.asrdoctor.check.ServerReport;
import java.util.List;
import java.util.Map;

/** A set of facts, by server, and what the checks say of it. */
public record Judged(Map<String, Reading> readings, List<ServerReport> reports) {}
