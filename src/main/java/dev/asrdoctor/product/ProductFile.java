package dev.asrdoctor.product;

/**
 * A file or program of a product.
 *
 * @param root a name of a root, such as {@code serverRoot}
 * @param path below it
 * @param section in which its lines count; empty for all of it
 */
public record ProductFile(String root, String path, String section) {}
