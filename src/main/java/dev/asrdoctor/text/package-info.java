/** Texts that others wrote: cut where characters end, and quoted for whoever copies a command. */
@NullMarked
package dev.asrdoctor.text;

import org.jspecify.annotations.NullMarked;
