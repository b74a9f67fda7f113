/** Formats, each of which shows any document, and the one list of them. */
@NullMarked
package dev.asrdoctor.report.format;

import org.jspecify.annotations.NullMarked;
