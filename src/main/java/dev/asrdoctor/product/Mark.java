package dev.asrdoctor.product;

/**
 * Something on a server that tells, before anything else is asked of it, that it belongs to a product.
 *
 * @param key of the registry, which has to be there
 * @param value of that key; empty where the key alone tells
 * @param is what the value has to be, in any case of letters; empty where a file tells
 * @param file below the folder that the value names, which has to be there; empty where none is asked for
 */
public record Mark(String key, String value, String is, String file) {}
