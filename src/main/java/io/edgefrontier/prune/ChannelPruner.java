package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Structured pruning: removes the least important channels of every pruning group, so that layers
 * and archive really get smaller.
 *
 * <p>The input and the outputs of the network keep their shapes. A channel's importance is the sum
 * of the L1 norms of its filters over the layers of its group; of equal channels those with the
 * lower index stay. Channels that stay keep their order.
 */
public final class ChannelPruner {
  private ChannelPruner() {}

  /**
   * Returns {@code graph} without the share {@code level} of the channels of each group; {@link
   * PruningGroup#kept} says how many stay.
   *
   * @param level in [0, 1); 0 gives an equal graph
   * @throws IllegalArgumentException if {@code level} is outside, or the network is quantized
   */
  public static Graph prune(Graph graph, double level) {
    if (!(level >= 0 && level < 1)) { // also rejects NaN
      throw new IllegalArgumentException("pruning level must be in [0, 1), got " + level);
    }
    ChannelTrace trace = ChannelTracer.trace(graph);
    Map<Integer, Double> importance = trace.importance();
    Set<Integer> removed = new HashSet<>();
    for (ChannelTrace.Members members : trace.groups()) {
      members.sets().stream()
          .sorted(Comparator.comparing(importance::get, Comparator.reverseOrder()))
          .skip(members.group().kept(level))
          .forEach(removed::add);
    }
    return new ChannelRemover(trace, removed).remove(graph);
  }

  /**
   * Returns the pruning groups in graph order; layers whose channels cannot go are in none.
   *
   * @throws IllegalArgumentException if the network is quantized
   */
  public static List<PruningGroup> groups(Graph graph) {
    return ChannelTracer.trace(graph).groups().stream().map(ChannelTrace.Members::group).toList();
  }
}
