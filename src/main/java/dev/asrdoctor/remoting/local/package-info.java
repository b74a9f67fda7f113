/** This machine's own PowerShell, driven by jPowerShell, behind the port; loaded only for an inventory that names it. */
@NullMarked
package dev.asrdoctor.remoting.local;

import org.jspecify.annotations.NullMarked;
