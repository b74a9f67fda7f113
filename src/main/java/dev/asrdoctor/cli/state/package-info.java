/** Chooses where a command keeps what must last. */
@NullMarked
package dev.asrdoctor.cli.state;

import org.jspecify.annotations.NullMarked;
