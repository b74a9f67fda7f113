/** WinRM4j behind the port; loaded only for an inventory that names it. */
@NullMarked
package dev.asrdoctor.remoting.winrm4j;

import org.jspecify.annotations.NullMarked;
