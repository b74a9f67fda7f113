/** What must last in files: no server, no native code, readable with an editor. */
@NullMarked
package dev.asrdoctor.store.file;

import org.jspecify.annotations.NullMarked;
