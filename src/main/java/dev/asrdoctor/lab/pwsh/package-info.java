/** Real PowerShell as the lab's engine, with a stand-in for Windows. */
@NullMarked
package dev.asrdoctor.lab.pwsh;

import org.jspecify.annotations.NullMarked;
