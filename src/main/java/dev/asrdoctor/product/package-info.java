/** The product as data: one YAML file each says what a server of it consists of; read once in a process. */
@NullMarked
package dev.asrdoctor.product;

import org.jspecify.annotations.NullMarked;
