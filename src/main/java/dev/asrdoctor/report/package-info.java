/** One class per output format. */
@NullMarked
package dev.asrdoctor.report;

import org.jspecify.annotations.NullMarked;
