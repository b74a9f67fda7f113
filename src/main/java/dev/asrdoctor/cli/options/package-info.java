/** Options that several commands share, and what they come to. */
@NullMarked
package dev.asrdoctor.cli.options;

import org.jspecify.annotations.NullMarked;
