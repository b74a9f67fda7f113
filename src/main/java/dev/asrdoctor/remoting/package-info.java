/** The port: connect to a server, run one script before a deadline, get bytes back, and say plainly why not. */
@NullMarked
package dev.asrdoctor.remoting;

import org.jspecify.annotations.NullMarked;
