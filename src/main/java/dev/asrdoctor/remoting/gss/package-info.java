/** Kerberos through the JDK's GSS-API: one login an account, one context a connection, sealed messages. */
@org.jspecify.annotations.NullMarked
package dev.asrdoctor.remoting.gss;
