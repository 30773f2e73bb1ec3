package io.edgefrontier.prune;

import io.edgefrontier.graph.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where every channel of a network lies: in values, in stored tensors, and who makes it. */
final class ChannelTrace {
  /** A convolution or linear layer; filter {@code i} of its weight makes {@code channels[i]}. */
  record Producer(String layer, Tensor weight, ChannelAxis channels) {}

  private final ChannelTies ties = new ChannelTies();
  private final Map<String, ChannelAxis> values = new LinkedHashMap<>();
  private final IdentityHashMap<Tensor, List<ChannelAxis>> tensors = new IdentityHashMap<>();
  private final List<Producer> producers = new ArrayList<>();
  private final List<int[]> parts = new ArrayList<>();

  ChannelTies ties() {
    return ties;
  }

  ChannelAxis value(String name) {
    return values.get(name);
  }

  void putValue(String name, ChannelAxis channels) {
    values.put(name, channels);
  }

  /** Returns the axes of {@code tensor} that carry channels. */
  List<ChannelAxis> tensor(Tensor tensor) {
    return tensors.getOrDefault(tensor, List.of());
  }

  /** Notes that an axis of a stored tensor carries channels; users of one tensor are tied. */
  void putTensor(Tensor tensor, int axis, int[] channels) {
    List<ChannelAxis> axes = tensors.computeIfAbsent(tensor, key -> new ArrayList<>());
    for (ChannelAxis known : axes) {
      if (known.axis() == axis) {
        ties.tie(known.channels(), channels);
        return;
      }
    }
    axes.add(new ChannelAxis(axis, channels));
  }

  void addProducer(String layer, Tensor weight, int[] channels) {
    producers.add(new Producer(layer, weight, new ChannelAxis(0, channels)));
  }

  /** Notes that a slice takes these channels, so that they cannot all go. */
  void addPart(int[] channels) {
    parts.add(channels);
  }

  /** Returns the sets of channels of each slice. */
  List<Set<Integer>> parts() {
    return parts.stream()
        .map(channels -> IntStream.of(ties.roots(channels)).boxed().collect(Collectors.toSet()))
        .toList();
  }

  /** Returns the layers that make channels, in graph order. */
  List<Producer> producers() {
    return producers;
  }

  /** Returns the pruning groups: sets of channels that may go, gathered by who makes them. */
  List<GroupMembers> groups() {
    Map<Integer, Map<String, Integer>> makers = new TreeMap<>();
    for (Producer producer : producers) {
      for (int set : ties.roots(producer.channels().channels())) {
        if (!ties.isFrozen(set)) {
          makers
              .computeIfAbsent(set, key -> new LinkedHashMap<>())
              .merge(producer.layer(), 1, Integer::sum);
        }
      }
    }
    Map<List<String>, List<GroupMembers.ChannelSet>> byMakers = new LinkedHashMap<>();
    makers.forEach(
        (set, sizes) ->
            byMakers
                .computeIfAbsent(List.copyOf(sizes.keySet()), key -> new ArrayList<>())
                .add(new GroupMembers.ChannelSet(set, List.copyOf(sizes.values()))));
    List<GroupMembers> groups = new ArrayList<>();
    byMakers.forEach(
        (layers, sets) ->
            groups.add(new GroupMembers(new PruningGroup(layers, sets.size()), sets)));
    return groups;
  }
}
