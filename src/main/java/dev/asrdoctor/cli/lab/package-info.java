/** Commands that start simulated servers. */
@NullMarked
package dev.asrdoctor.cli.lab;

import org.jspecify.annotations.NullMarked;
