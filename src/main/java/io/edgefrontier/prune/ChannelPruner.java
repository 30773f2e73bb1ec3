package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.StoredTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Structured pruning: removes the least important channels of every pruning group, so that layers
 * and archive really get smaller.
 *
 * <p>The input and the outputs of the network keep their shapes. Of equally important channels
 * those with the lower index stay. Channels that stay keep their order.
 */
public final class ChannelPruner {
  private final SharedVectors vectors;
  private final ChannelTrace trace;
  private final ChannelChoice choice;

  private ChannelPruner(SharedVectors vectors, ChannelTrace trace, ChannelChoice choice) {
    this.vectors = vectors;
    this.trace = trace;
    this.choice = choice;
  }

  /**
   * Ranks the channels of a network.
   *
   * @param gradients asked, here, if the importance is {@link Importance#TAYLOR}
   * @throws IllegalArgumentException if the network is quantized, an excluded node is not in it or
   *     keeps no weights, or nothing can be ranked that way
   * @throws ArithmeticException if an importance is not a number
   * @throws IOException if {@code gradients} cannot tell
   */
  public static ChannelPruner of(Graph graph, PruningOptions options, LossGradients gradients)
      throws IOException {
    SharedVectors vectors = new SharedVectors(graph);
    ChannelTrace trace = trace(vectors, options);
    if (options.importance() != Importance.TAYLOR) {
      return of(vectors, trace, options);
    }
    Map<Integer, Double> importance =
        ChannelImportance.taylor(vectors.unshared(), trace, gradients);
    return new ChannelPruner(
        vectors, trace, new ChannelChoice(trace.groups(), importance, trace.parts(), options));
  }

  private static ChannelPruner of(
      SharedVectors vectors, ChannelTrace trace, PruningOptions options) {
    Graph graph = vectors.unshared();
    RankableGroups groups = RankableGroups.of(graph, trace, options.importance());
    Map<Integer, Double> importance =
        ChannelImportance.of(graph, trace, groups.rankable(), options);
    return new ChannelPruner(
        vectors, trace, new ChannelChoice(groups.rankable(), importance, trace.parts(), options));
  }

  private static ChannelTrace trace(SharedVectors vectors, PruningOptions options) {
    Graph graph = vectors.unshared();
    ChannelTrace trace = ChannelTracer.trace(graph);
    for (String name : options.excluded()) {
      Node node = graph.node(name);
      if (node.op().stored().isEmpty()) {
        throw new IllegalArgumentException(
            "%s: %s keeps no weights that could stay whole; exclude layers"
                .formatted(name, node.op().getClass().getSimpleName()));
      }
      for (StoredTensor stored : node.op().stored()) {
        trace
            .tensor(stored.tensor())
            .forEach(axis -> trace.ties().freeze(axis.channels(), "excluded"));
      }
    }
    return trace;
  }

  /**
   * Returns the network without the share {@code level} of its channels.
   *
   * @param level in [0, 1); 0 gives an equal graph
   * @throws IllegalArgumentException if {@code level} is outside
   */
  public Graph prune(double level) {
    if (!(level >= 0 && level < 1)) { // also rejects NaN
      throw new IllegalArgumentException("pruning level must be in [0, 1), got " + level);
    }
    Set<Integer> removed = choice.removed(level);
    return new ChannelRemover(trace, removed, vectors).remove();
  }

  /**
   * Returns {@code graph} without the share {@code level} of the channels of each group, by {@link
   * PruningOptions#DEFAULT}; {@link PruningGroup#kept} says how many stay.
   *
   * @param level in [0, 1); 0 gives an equal graph
   * @throws IllegalArgumentException if {@code level} is outside, or the network is quantized
   */
  public static Graph prune(Graph graph, double level) {
    SharedVectors vectors = new SharedVectors(graph);
    return of(vectors, trace(vectors, PruningOptions.DEFAULT), PruningOptions.DEFAULT).prune(level);
  }

  /**
   * Returns the pruning groups in graph order; layers whose channels cannot go are in none.
   *
   * @throws IllegalArgumentException if the network is quantized
   */
  public static List<PruningGroup> groups(Graph graph) {
    return groups(graph, PruningOptions.DEFAULT);
  }

  /**
   * As {@link #groups(Graph)}, without layers that {@code options} exclude.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static List<PruningGroup> groups(Graph graph, PruningOptions options) {
    return trace(new SharedVectors(graph), options).groups().stream()
        .map(GroupMembers::group)
        .toList();
  }

  /**
   * Returns the groups that stay whole because {@code options} say nothing about the importance of
   * their channels: those without batch norm, if that is what they are ranked by.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static List<PruningGroup> leftWhole(Graph graph, PruningOptions options) {
    SharedVectors vectors = new SharedVectors(graph);
    ChannelTrace trace = trace(vectors, options);
    return RankableGroups.of(vectors.unshared(), trace, options.importance()).leftWhole().stream()
        .map(GroupMembers::group)
        .toList();
  }
}
