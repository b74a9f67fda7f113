package dev.asrdoctor.report.model;

import java.util.List;

/**
 * The rows of a document, for programs and spreadsheets.
 *
 * @param rows made while they are written; each has as many fields as there are columns
 */
public record Sheet(List<String> columns, Iterable<List<String>> rows) {}
