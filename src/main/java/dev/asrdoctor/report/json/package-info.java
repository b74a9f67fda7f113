/** What programs read: one contract a subject, each with its schema. */
@NullMarked
package dev.asrdoctor.report.json;

import org.jspecify.annotations.NullMarked;
