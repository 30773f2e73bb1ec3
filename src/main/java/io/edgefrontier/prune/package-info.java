/**
 * Removes whole channels: pruning groups over the graph, importance, channel removal.
 *
 * <p>In: a float {@link io.edgefrontier.graph.Graph} and a pruning level. Out: a smaller graph with
 * the same input and output shapes.
 */
package io.edgefrontier.prune;
