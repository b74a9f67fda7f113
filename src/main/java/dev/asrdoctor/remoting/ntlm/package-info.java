/** NTLMv2 without any I/O: messages, keys, message integrity, signing and sealing (MS-NLMP), for the client and for an acceptor. */
@NullMarked
package dev.asrdoctor.remoting.ntlm;

import org.jspecify.annotations.NullMarked;
