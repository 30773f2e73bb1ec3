/**
 * Rewrites a float network for a precision: batch-norm folding, 16-bit types, static int8
 * quantisation, and the observers that int8 takes its activation ranges from.
 *
 * <p>In: a float32 {@link io.edgefrontier.graph.Graph}, a {@link io.edgefrontier.variant.Precision}
 * and, for int8, the observed mapping of every activation. Out: a graph whose input and outputs are
 * still float32.
 */
package io.edgefrontier.lower;
