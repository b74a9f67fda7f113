/** One run over many servers: concurrency, deadlines, progress. */
@NullMarked
package dev.asrdoctor.fleet;

import org.jspecify.annotations.NullMarked;
