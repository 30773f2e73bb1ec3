package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An independent account of channels: whoever builds the network says at each layer which group its
 * channels belong to, so that nothing has to be traced afterwards.
 *
 * <p>From that it makes the network of full size in which consumers ignore the removed channels.
 */
final class LabelledNetwork {
  /** Channel {@code index} of pruning group {@code group}; group 0 never shrinks. */
  record Label(int group, int index) {}

  final NetworkBuilder builder;
  private final Map<String, List<Label>> labels = new HashMap<>();
  private final Map<String, List<Label>> consumed = new HashMap<>();
  private final Map<Label, Double> importance = new HashMap<>();
  private int groups;

  LabelledNetwork(long seed, int... sampleDims) {
    builder = new NetworkBuilder(seed, sampleDims);
    labels.put(Graph.INPUT, fixed(sampleDims[0]));
  }

  List<Label> labels(String value) {
    return labels.get(value);
  }

  /** Returns labels of a group of its own. */
  List<Label> fresh(int count) {
    groups++;
    return IntStream.range(0, count).mapToObj(i -> new Label(groups, i)).toList();
  }

  /** Returns labels of a group whose channels go {@code size} at a time. */
  List<Label> bundles(int count, int size) {
    groups++;
    return IntStream.range(0, count).mapToObj(i -> new Label(groups, i / size)).toList();
  }

  static List<Label> fixed(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Label(0, i)).toList();
  }

  String conv(String input, List<Label> makes) {
    String name = builder.conv(input, makes.size(), 3);
    consumed.put(name, labels.get(input));
    return produce(name, makes);
  }

  String grouped(String input, List<Label> makes, int groupCount) {
    String name = builder.conv(input, makes.size(), Window.square(3, 1, 1), groupCount, true);
    return produce(name, makes);
  }

  String linear(String input, List<Label> makes) {
    String name = builder.linear(input, makes.size());
    consumed.put(name, labels.get(input));
    return produce(name, makes);
  }

  /** Adds any other operator, whose result has the channels {@code makes}. */
  String op(String name, List<Label> makes) {
    labels.put(name, makes);
    return name;
  }

  private String produce(String name, List<Label> makes) {
    Op op = builder.build(name).node(name).op();
    float[] weight =
        (op instanceof Conv2d conv ? conv.weight() : ((Linear) op).weight()).toFloats();
    int filter = weight.length / makes.size();
    for (int i = 0; i < weight.length; i++) {
      importance.merge(makes.get(i / filter), (double) Math.abs(weight[i]), Double::sum);
    }
    return op(name, makes);
  }

  /** Returns the channels that go at {@code level}. */
  Set<Label> removed(double level) {
    Map<Integer, List<Label>> byGroup = new TreeMap<>();
    importance
        .keySet()
        .forEach(
            label -> byGroup.computeIfAbsent(label.group(), key -> new ArrayList<>()).add(label));
    Set<Label> removed = new HashSet<>();
    byGroup.remove(0);
    for (List<Label> members : byGroup.values()) {
      members.sort(Comparator.comparingDouble(label -> -importance.get(label)));
      // Levels have at most two decimals, so that hundredths of a channel are whole numbers.
      long hundredths = members.size() * (100 - Math.round(100 * level));
      long kept = Math.max(1, Math.round(Math.rint(hundredths / 100.0)));
      removed.addAll(members.subList((int) kept, members.size()));
    }
    return removed;
  }

  /** Returns the network of full size whose layers have weight 0 for channels that went. */
  Graph zeroed(double level, String output) {
    Set<Label> removed = removed(level);
    Graph graph = builder.build(output);
    return graph.withNodes(graph.nodes().stream().map(node -> zeroed(node, removed)).toList());
  }

  private Node zeroed(Node node, Set<Label> removed) {
    List<Label> inputs = consumed.get(node.name());
    if (node.op() instanceof Conv2d conv && inputs != null) {
      Tensor weight = zeroed(conv.weight(), inputs, removed);
      return node.with(new Conv2d(weight, conv.bias(), conv.window(), conv.groups()));
    } else if (node.op() instanceof Linear linear) {
      return node.with(new Linear(zeroed(linear.weight(), inputs, removed), linear.bias()));
    }
    return node;
  }

  private static Tensor zeroed(Tensor weight, List<Label> inputs, Set<Label> removed) {
    float[] values = weight.toFloats();
    int perInput = weight.shape().strides().get(1);
    for (int i = 0; i < values.length; i++) {
      if (removed.contains(inputs.get(i / perInput % inputs.size()))) {
        values[i] = 0;
      }
    }
    return Tensor.ofFloats(weight.shape(), values);
  }
}
