/** How a simulated server hands on what it was sent. */
@NullMarked
package dev.asrdoctor.lab.command;

import org.jspecify.annotations.NullMarked;
