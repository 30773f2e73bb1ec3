package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Normalization;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.prune.ChannelTrace.Producer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What pruning can remove from a network, and what it leaves whole.
 *
 * @param groups in graph order
 * @param frozen layers with channels that stay, in graph order
 */
public record PruningScope(List<Group> groups, List<FrozenLayer> frozen) {
  /**
   * A pruning group and the layers that lose what its channels were to them.
   *
   * @param consumers layers that take the channels, or keep a value for each, in graph order
   */
  public record Group(PruningGroup group, List<String> consumers) {
    public Group {
      consumers = List.copyOf(consumers);
    }
  }

  /**
   * A layer that makes channels which stay.
   *
   * @param frozen how many of them stay
   * @param channels how many it makes
   * @param reasons why, each once
   */
  public record FrozenLayer(String layer, int frozen, int channels, List<String> reasons) {
    public FrozenLayer {
      reasons = List.copyOf(reasons);
    }
  }

  public PruningScope {
    groups = List.copyOf(groups);
    frozen = List.copyOf(frozen);
  }

  /**
   * Returns the scope of pruning without exclusions.
   *
   * @throws IllegalArgumentException if the network is quantized
   */
  public static PruningScope of(Graph graph) {
    ChannelTrace trace = ChannelTracer.trace(graph);
    return new PruningScope(groups(graph, trace), frozen(graph, trace));
  }

  private static List<Group> groups(Graph graph, ChannelTrace trace) {
    List<GroupMembers> members = trace.groups();
    Map<Integer, Set<String>> consumersOfSet = new HashMap<>();
    Map<String, Producer> producers = producers(trace);
    for (Node node : graph.nodes()) {
      for (StoredTensor stored : node.op().stored()) {
        trace.tensor(stored.tensor()).stream()
            .filter(axis -> axis.axis() > 0 || !producers.containsKey(node.name()))
            .flatMap(axis -> Arrays.stream(trace.ties().roots(axis.channels())).boxed())
            .forEach(
                set ->
                    consumersOfSet
                        .computeIfAbsent(set, key -> new LinkedHashSet<>())
                        .add(node.name()));
      }
    }
    List<Group> groups = new ArrayList<>();
    for (GroupMembers group : members) {
      Set<String> consumers =
          group.sets().stream()
              .flatMap(set -> consumersOfSet.getOrDefault(set.id(), Set.of()).stream())
              .collect(Collectors.toSet());
      groups.add(
          new Group(
              group.group(),
              graph.nodes().stream().map(Node::name).filter(consumers::contains).toList()));
    }
    return groups;
  }

  private static List<FrozenLayer> frozen(Graph graph, ChannelTrace trace) {
    Map<String, Producer> producers = producers(trace);
    return graph.nodes().stream()
        .flatMap(
            node ->
                producers.containsKey(node.name())
                    ? frozen(producers.get(node.name()), trace.ties())
                    : unfollowed(node, graph))
        .toList();
  }

  private static Stream<FrozenLayer> frozen(Producer producer, ChannelTies ties) {
    List<String> reasons =
        Arrays.stream(producer.channels().channels())
            .mapToObj(ties::frozenBecause)
            .flatMap(reason -> reason.stream())
            .toList();
    int channels = producer.channels().channels().length;
    return reasons.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new FrozenLayer(
                producer.layer(), reasons.size(), channels, reasons.stream().distinct().toList()));
  }

  /** Returns an operator with a trained matrix or filters whose results are never removed. */
  private static Stream<FrozenLayer> unfollowed(Node node, Graph graph) {
    boolean hasFilters =
        !(node.inputs().isEmpty() || node.op() instanceof Normalization)
            && node.op().stored().stream()
                .anyMatch(stored -> stored.trained() && stored.tensor().shape().rank() > 1);
    if (!hasFilters) {
      return Stream.empty();
    }
    Shape made = graph.types(1).get(node.name()).shape();
    int channels = made.dim(node.op() instanceof ConvTranspose2d ? 1 : -1);
    String reason = node.op().reportName() + " is not pruned";
    return Stream.of(new FrozenLayer(node.name(), channels, channels, List.of(reason)));
  }

  private static Map<String, Producer> producers(ChannelTrace trace) {
    return trace.producers().stream().collect(Collectors.toMap(Producer::layer, p -> p));
  }
}
