/** What was read on one server, when, and for each area either the data or why it could not be read. */
@NullMarked
package dev.asrdoctor.facts;

import org.jspecify.annotations.NullMarked;
