package io.edgefrontier.prune;

import io.edgefrontier.graph.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Where every channel of a network lies: in values, in stored tensors, and who makes it. */
final class ChannelTrace {
  /** A convolution or linear layer; filter {@code i} of its weight makes {@code channels[i]}. */
  private record Producer(String layer, Tensor weight, ChannelAxis channels) {}

  /** A pruning group with the sets of channels that it consists of, oldest first. */
  record Members(PruningGroup group, List<Integer> sets) {
    Members {
      sets = List.copyOf(sets);
    }
  }

  private final ChannelTies ties = new ChannelTies();
  private final Map<String, ChannelAxis> values = new LinkedHashMap<>();
  private final IdentityHashMap<Tensor, List<ChannelAxis>> tensors = new IdentityHashMap<>();
  private final List<Producer> producers = new ArrayList<>();

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

  /** Returns the pruning groups: sets of channels that may go, gathered by who makes them. */
  List<Members> groups() {
    Map<Integer, List<String>> makers = new TreeMap<>();
    for (Producer producer : producers) {
      for (int set :
          IntStream.of(ties.roots(producer.channels().channels())).distinct().toArray()) {
        if (!ties.isFrozen(set)) {
          makers.computeIfAbsent(set, key -> new ArrayList<>()).add(producer.layer());
        }
      }
    }
    Map<List<String>, List<Integer>> setsByMakers = new LinkedHashMap<>();
    makers.forEach(
        (set, layers) -> setsByMakers.computeIfAbsent(layers, key -> new ArrayList<>()).add(set));
    List<Members> groups = new ArrayList<>();
    setsByMakers.forEach(
        (layers, sets) -> groups.add(new Members(new PruningGroup(layers, sets.size()), sets)));
    return groups;
  }

  /**
   * Returns the importance of every set of channels: the sum of the L1 norms of the filters that
   * make it. Biases and batch norms do not count.
   *
   * @see <a href="https://arxiv.org/abs/1608.08710">Li et al., 2017</a>
   */
  Map<Integer, Double> importance() {
    Map<Integer, Double> importance = new TreeMap<>();
    for (Producer producer : producers) {
      double[] norms = filterNorms(producer.weight());
      int[] sets = ties.roots(producer.channels().channels());
      for (int i = 0; i < sets.length; i++) {
        importance.merge(sets[i], norms[i], Double::sum);
      }
    }
    return importance;
  }

  /** Returns the L1 norm of each slice of axis 0. */
  private static double[] filterNorms(Tensor weight) {
    float[] values = weight.toFloats();
    double[] norms = new double[weight.shape().dim(0)];
    int size = values.length / norms.length;
    for (int i = 0; i < values.length; i++) {
      norms[i / size] += Math.abs(values[i]);
    }
    return norms;
  }
}
