/** Which script yields which facts: putting a script together, and unpacking its framed answer. */
@NullMarked
package dev.asrdoctor.probe;

import org.jspecify.annotations.NullMarked;
