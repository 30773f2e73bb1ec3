/**
 * Makes the variants: prunes the base network, fine-tunes, calibrates, lowers the precision and
 * writes the archives.
 *
 * <p>In: the base graph and training samples. Out: one archive per variant, or the reason why there
 * is none.
 */
package io.edgefrontier.prepare;
