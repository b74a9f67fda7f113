package dev.asrdoctor.check;

/** Where a proxy is set: in the product's own settings, or in the MARS agent's. */
public enum ProxySide {
    PRODUCT,
    MARS
}
