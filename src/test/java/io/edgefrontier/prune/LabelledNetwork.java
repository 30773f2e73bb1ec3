package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping.Permute;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An independent account of channels: whoever builds the network says at each layer which group its
 * channels belong to, so that nothing has to be traced afterwards.
 *
 * <p>From that it makes the network of full size in which consumers ignore the removed channels.
 */
final class LabelledNetwork {
  /** Channel {@code index} of pruning group {@code group}; group 0 never shrinks. */
  record Label(int group, int index) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Filter(Label label, float[] weights) {}

  final NetworkBuilder builder;
  private final Map<String, List<Label>> labels = new HashMap<>();
  private final Map<String, List<Label>> consumed = new HashMap<>();
  private final Map<String, List<Label>> made = new LinkedHashMap<>();
  private final List<Filter> filters = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final List<Set<Label>> slices = new ArrayList<>();
  private int groups;

  LabelledNetwork(long seed, int... sampleDims) {
    builder = new NetworkBuilder(seed, sampleDims);
    labels.put(Graph.INPUT, fixed(sampleDims[0]));
  }

  /** A network of {@code count} random operators after a first convolution. */
  static LabelledNetwork random(long seed, int channels, int first, int count) {
    LabelledNetwork net = new LabelledNetwork(seed, channels, 4, 4);
    Random random = new Random(seed);
    net.values.add(net.conv(Graph.INPUT, net.fresh(first)));
    for (int i = 0; i < count; i++) {
      net.values.add(net.randomNode(random));
    }
    return net;
  }

  /** Returns three numbers made of the newest value of a random network. */
  String head() {
    String last = values.get(values.size() - 1);
    String flat = builder.flatten(last);
    int repeats = builder.shape(flat).dim(1) / labels(last).size();
    List<Label> flatLabels =
        labels(last).stream().flatMap(l -> Collections.nCopies(repeats, l).stream()).toList();
    return linear(op(flat, flatLabels), fixed(3));
  }

  private String randomNode(Random random) {
    String x = values.get(random.nextInt(values.size()));
    String y = values.get(random.nextInt(values.size()));
    List<Label> of = labels(x);
    return switch (random.nextInt(10)) {
      case 0, 1 -> conv(x, fresh(2 + random.nextInt(6)));
      case 2 -> op(builder.add(x, conv(y, of)), of);
      case 3 -> op(builder.mul(x, conv(y, of)), of);
      case 4 -> of.size() > 1 ? grouped(x, of, of.size()) : conv(x, fresh(1));
      case 5 -> op(builder.concat(x, y), Stream.of(x, y).flatMap(v -> labels(v).stream()).toList());
      case 6 -> op(builder.batchNorm(x), of);
      case 7 -> {
        int start = random.nextInt(of.size());
        yield slice(x, start, start + 1 + random.nextInt(of.size() - start));
      }
      case 8 -> shuffled(x, 2, 3 + random.nextInt(3));
      default -> op(builder.relu(x), of);
    };
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

  /**
   * Adds a convolution and a channel shuffle: view as parts x size, transpose, view. Channels at
   * the same place of each part can only go together, or the first view would not be one.
   */
  String shuffled(String input, int parts, int size) {
    List<Label> part = fresh(size);
    String conv =
        conv(input, Collections.nCopies(parts, part).stream().flatMap(List::stream).toList());
    int height = builder.shape(conv).dim(2);
    int width = builder.shape(conv).dim(3);
    String view = builder.op(Reshape.ofSample(Shape.of(parts, size, height, width)), conv);
    String turned = builder.op(new Permute(List.of(0, 2, 1, 3, 4)), view);
    return op(
        builder.op(Reshape.ofSample(Shape.of(parts * size, height, width)), turned),
        part.stream().flatMap(label -> Collections.nCopies(parts, label).stream()).toList());
  }

  /** Adds a slice of the channels, of which one has to stay. */
  String slice(String input, int start, int end) {
    List<Label> part = labels(input).subList(start, end);
    slices.add(Set.copyOf(part));
    return op(builder.op(new Slice(1, start, end, 1), input), part);
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
    int size = weight.length / makes.size();
    for (int i = 0; i < makes.size(); i++) {
      float[] filter = Arrays.copyOfRange(weight, i * size, (i + 1) * size);
      filters.add(new Filter(makes.get(i), filter));
    }
    made.put(name, makes);
    return op(name, makes);
  }

  private static double norm(float[] filter, Importance importance) {
    double sum = 0;
    for (float value : filter) {
      sum += importance == Importance.L1 ? Math.abs(value) : Math.pow(value, 2);
    }
    return importance == Importance.L1 ? sum : Math.sqrt(sum);
  }

  /** Returns the channels that go at {@code level}. */
  Set<Label> removed(double level) {
    return removed(level, PruningOptions.DEFAULT);
  }

  /** Returns the channels that go at {@code level}, ranked by norms. */
  Set<Label> removed(double level, PruningOptions options) {
    Map<Label, Double> importance = new HashMap<>();
    for (Filter filter : filters) {
      importance.merge(filter.label(), norm(filter.weights(), options.importance()), Double::sum);
    }
    Set<Label> whole = new HashSet<>();
    for (String layer : options.excluded()) {
      whole.addAll(labels.get(layer));
      whole.addAll(consumed.getOrDefault(layer, List.of()));
    }
    Map<List<String>, List<Label>> groupsOfLabels = new HashMap<>();
    for (Label label : importance.keySet()) {
      if (label.group() != 0 && !whole.contains(label)) {
        groupsOfLabels.computeIfAbsent(makers(label), key -> new ArrayList<>()).add(label);
      }
    }
    Set<Label> needed = new HashSet<>();
    for (Set<Label> slice : slices) {
      if (slice.stream().allMatch(label -> label.group() != 0 && !whole.contains(label))) {
        needed.add(Collections.max(slice, Comparator.comparingDouble(importance::get)));
      }
    }
    Map<Label, Double> relative = new HashMap<>();
    for (List<Label> members : groupsOfLabels.values()) {
      double sum = members.stream().mapToDouble(importance::get).sum();
      members.forEach(label -> relative.put(label, importance.get(label) * members.size() / sum));
    }
    // One channel after the other goes, the least important first, but the last of a group.
    Set<Label> removed = new HashSet<>();
    int surplus = relative.isEmpty() ? 0 : relative.size() - kept(relative.size(), level);
    for (Label label : sorted(relative.keySet(), relative)) {
      List<Label> group = groupsOfLabels.get(makers(label));
      long gone = group.stream().filter(removed::contains).count();
      boolean wanted =
          options.global()
              ? removed.size() < surplus
              : gone < group.size() - kept(group.size(), level);
      if (wanted && gone < group.size() - 1 && !needed.contains(label)) {
        removed.add(label);
      }
    }
    for (List<Label> group : groupsOfLabels.values()) {
      List<Label> back = sorted(group, relative);
      back.retainAll(removed);
      Set<Label> kept = new HashSet<>(group);
      kept.removeAll(removed);
      while (!aligned(kept, options.roundTo()) && !back.isEmpty()) {
        kept.add(back.remove(back.size() - 1));
      }
      removed.removeAll(kept);
    }
    return removed;
  }

  private static List<Label> sorted(Collection<Label> labels, Map<Label, Double> importance) {
    List<Label> sorted = new ArrayList<>(labels);
    sorted.sort(Comparator.comparingDouble(importance::get));
    return sorted;
  }

  private List<String> makers(Label label) {
    return made.keySet().stream().filter(layer -> made.get(layer).contains(label)).toList();
  }

  private boolean aligned(Set<Label> kept, int roundTo) {
    return made.values().stream()
        .allMatch(makes -> makes.stream().filter(kept::contains).count() % roundTo == 0);
  }

  private static int kept(int all, double level) {
    // Levels have at most two decimals, so that hundredths of a channel are whole numbers.
    long hundredths = all * (100 - Math.round(100 * level));
    return (int) Math.max(1, Math.round(Math.rint(hundredths / 100.0)));
  }

  /** Returns the network of full size whose layers have weight 0 for channels that went. */
  Graph zeroed(double level, String output) {
    return scaled(removed(level), 0, output);
  }

  /** Returns the network of full size with what its layers read of {@code channels} scaled. */
  Graph scaled(Set<Label> channels, float factor, String output) {
    Graph graph = builder.build(output);
    return graph.withNodes(
        graph.nodes().stream().map(node -> scaled(node, channels, factor)).toList());
  }

  private Node scaled(Node node, Set<Label> channels, float factor) {
    List<Label> inputs = consumed.get(node.name());
    if (node.op() instanceof Conv2d conv && inputs != null) {
      Tensor weight = scaled(conv.weight(), inputs, channels, factor);
      return node.with(new Conv2d(weight, conv.bias(), conv.window(), conv.groups()));
    } else if (node.op() instanceof Linear linear) {
      Tensor weight = scaled(linear.weight(), inputs, channels, factor);
      return node.with(new Linear(weight, linear.bias()));
    }
    return node;
  }

  private static Tensor scaled(
      Tensor weight, List<Label> inputs, Set<Label> channels, float factor) {
    float[] values = weight.toFloats();
    int perInput = weight.shape().strides().get(1);
    for (int i = 0; i < values.length; i++) {
      if (channels.contains(inputs.get(i / perInput % inputs.size()))) {
        values[i] *= factor;
      }
    }
    return Tensor.ofFloats(weight.shape(), values);
  }
}
