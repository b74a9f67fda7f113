/** A fleet of simulated process servers that speak real WS-Management on loopback. */
@NullMarked
package dev.asrdoctor.lab;

import org.jspecify.annotations.NullMarked;
