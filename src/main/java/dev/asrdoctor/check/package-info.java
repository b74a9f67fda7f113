/** Facts, server and policy in, findings out; pure. */
@NullMarked
package dev.asrdoctor.check;

import org.jspecify.annotations.NullMarked;
