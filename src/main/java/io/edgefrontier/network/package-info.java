/**
 * The built-in networks as graphs.
 *
 * <p>In: a name, the shape of a sample, the number of classes and a seed. Out: an untrained {@link
 * io.edgefrontier.graph.Graph}, or the archive of one that was trained on the embedded digits.
 * {@link io.edgefrontier.network.LayerStack} puts further ones together.
 */
package io.edgefrontier.network;
