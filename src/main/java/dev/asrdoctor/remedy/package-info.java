/** Plan, journal, apply, verify: the only package that changes a server. */
@NullMarked
package dev.asrdoctor.remedy;

import org.jspecify.annotations.NullMarked;
