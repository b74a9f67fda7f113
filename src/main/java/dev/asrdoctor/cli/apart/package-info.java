/** Commands whose jars lie beside the program, loaded only when one of them is called. */
@NullMarked
package dev.asrdoctor.cli.apart;

import org.jspecify.annotations.NullMarked;
