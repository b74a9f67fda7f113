/** Findings of a fleet in, root causes out; pure. What it knows stands as data in causes.yaml. */
@NullMarked
package dev.asrdoctor.diagnosis;

import org.jspecify.annotations.NullMarked;
