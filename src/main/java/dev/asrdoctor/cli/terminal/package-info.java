/** The process that a command runs in: its streams, signals, exit codes and environment. */
@NullMarked
package dev.asrdoctor.cli.terminal;

import org.jspecify.annotations.NullMarked;
