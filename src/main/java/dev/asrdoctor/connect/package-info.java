/** From an inventory's server and its account to an open session, and what to do where there is none. */
@NullMarked
package dev.asrdoctor.connect;

import org.jspecify.annotations.NullMarked;
