/** Commands about the inventory. */
@NullMarked
package dev.asrdoctor.cli.inventory;

import org.jspecify.annotations.NullMarked;
