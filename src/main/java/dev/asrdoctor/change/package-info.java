/** Change windows: a baseline before a change, what differs after it, and whether the window can be closed. */
@NullMarked
package dev.asrdoctor.change;

import org.jspecify.annotations.NullMarked;
