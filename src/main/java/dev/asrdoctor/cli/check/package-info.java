/** Commands that read and judge. */
@NullMarked
package dev.asrdoctor.cli.check;

import org.jspecify.annotations.NullMarked;
