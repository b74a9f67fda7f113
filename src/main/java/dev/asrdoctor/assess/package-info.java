/** Servers are read, judged and diagnosed: what every other use case begins with. */
@NullMarked
package dev.asrdoctor.assess;

import org.jspecify.annotations.NullMarked;
