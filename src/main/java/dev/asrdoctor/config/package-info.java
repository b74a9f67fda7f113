/** YAML files read with the position of everything, so that a mistake is told with file, line and column. */
@NullMarked
package dev.asrdoctor.config;

import org.jspecify.annotations.NullMarked;
