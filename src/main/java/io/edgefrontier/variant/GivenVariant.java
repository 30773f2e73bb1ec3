package io.edgefrontier.variant;

/**
 * An archive made elsewhere, and what its maker calls it.
 *
 * @param variant whose model is the maker's label
 * @param path as the maker wrote it, relative to the folder of the table; not checked
 */
public record GivenVariant(Variant variant, String path) {}
