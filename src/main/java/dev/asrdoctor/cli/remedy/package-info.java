/** Commands that heal, and tell what was done. */
@NullMarked
package dev.asrdoctor.cli.remedy;

import org.jspecify.annotations.NullMarked;
