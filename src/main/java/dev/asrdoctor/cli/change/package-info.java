/** Commands about change windows, and what differs. */
@NullMarked
package dev.asrdoctor.cli.change;

import org.jspecify.annotations.NullMarked;
