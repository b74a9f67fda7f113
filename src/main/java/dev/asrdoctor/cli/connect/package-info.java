/** The command that examines connections. */
@NullMarked
package dev.asrdoctor.cli.connect;

import org.jspecify.annotations.NullMarked;
