/** Each subject as a document. */
@NullMarked
package dev.asrdoctor.report.view;

import org.jspecify.annotations.NullMarked;
