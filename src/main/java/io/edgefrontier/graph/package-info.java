/**
 * The network as data: a {@link io.edgefrontier.graph.Graph} of typed operators over tensors of
 * known shape.
 *
 * <p>In: the nodes that a reader, a built-in network or a pass made. Out: shapes,
 * multiply-accumulates, stored bytes and peak live activation bytes. Dimensions and axes are
 * PyTorch's, dimension 0 is the batch and stays free.
 */
package io.edgefrontier.graph;
