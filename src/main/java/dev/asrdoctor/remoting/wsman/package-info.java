/** WS-Management over HTTP and HTTPS: the cmd shell life cycle of MS-WSMV. */
@NullMarked
package dev.asrdoctor.remoting.wsman;

import org.jspecify.annotations.NullMarked;
