/** Files that are written whole or not at all, for nobody else's eyes, and what is said when they cannot be. */
@NullMarked
package dev.asrdoctor.file;

import org.jspecify.annotations.NullMarked;
