package io.edgefrontier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.prune.LabelledNetwork.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruningOptionsTest {
  private static final LossGradients NONE = batch -> {};

  private static Graph prune(Graph graph, PruningOptions options, double level) {
    try {
      return ChannelPruner.of(graph, options, NONE).prune(level);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PruningOptions options(Importance importance, int roundTo, boolean global) {
    return new PruningOptions(importance, roundTo, global, Set.of(), 7);
  }

  private static Conv2d conv(Graph graph, String name) {
    return (Conv2d) graph.node(name).op();
  }

  /** Adds a 1 x 1 convolution of one input channel with these weights. */
  private static String conv(NetworkBuilder builder, float... weights) {
    Tensor weight = Tensor.ofFloats(Shape.of(weights.length, 1, 1, 1), weights);
    return builder.op(new Conv2d(weight, Optional.empty(), Window.square(1, 1, 0), 1), Graph.INPUT);
  }

  /** Adds a batch norm with these scales. */
  private static String norm(NetworkBuilder builder, String input, float... scales) {
    Shape shape = Shape.of(scales.length);
    float[] ones = new float[scales.length];
    Arrays.fill(ones, 1);
    Tensor one = Tensor.ofFloats(shape, ones);
    return builder.op(new BatchNorm(Tensor.ofFloats(shape, scales), one, one, one, 1e-5), input);
  }

  /** Whatever is chosen, the network answers as if the layers ignored what went. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46})
  void choosesAsTheNaiveRuleDoesOnRandomNetworks(long seed) {
    Random random = new Random(seed);
    LabelledNetwork net = LabelledNetwork.random(seed, 2, 8, 12);
    String out = net.head();
    Graph graph = net.builder.build(out);
    List<String> layers =
        graph.nodes().stream()
            .filter(node -> !node.op().stored().isEmpty())
            .map(Node::name)
            .toList();
    float[] input = net.builder.samples(2);
    for (int i = 0; i < 6; i++) {
      PruningOptions options =
          new PruningOptions(
              i % 2 == 0 ? Importance.L2 : Importance.L1,
              1 + random.nextInt(4),
              random.nextBoolean(),
              random.nextBoolean() ? Set.of() : Set.of(layers.get(random.nextInt(layers.size()))),
              7);
      double level = List.of(0.0, 0.2, 0.5, 0.8, 0.99).get(random.nextInt(5));
      Graph pruned = prune(graph, options, level);
      Set<Label> removed = net.removed(level, options);
      assertArrayEquals(
          ReferenceInterpreter.run(net.scaled(removed, 0, out), input, 2).get(0),
          ReferenceInterpreter.run(pruned, input, 2).get(0),
          1e-4f,
          () -> options + " level " + level + " of " + graph.nodes());
      assertEquals(removed.isEmpty(), pruned.parameters() == graph.parameters());
      options.excluded().forEach(name -> assertEquals(graph.node(name), pruned.node(name)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Importance.class,
      names = {"L1", "L2"})
  void removingChannelsOfZeroWeightChangesNothing(Importance importance) {
    NetworkBuilder builder = new NetworkBuilder(1, 1, 4, 4);
    String conv = conv(builder, 1, 0, -2, 0, 3, 0);
    String out = builder.linear(builder.flatten(builder.relu(conv)), 3);
    Graph graph = builder.build(out);
    Graph pruned = prune(graph, options(importance, 1, false), 0.5);
    assertEquals(3, conv(pruned, conv).outChannels());
    float[] input = builder.samples(2);
    assertArrayEquals(
        ReferenceInterpreter.run(graph, input, 2).get(0),
        ReferenceInterpreter.run(pruned, input, 2).get(0));
  }

  @Test
  void l2WeighsOneLargeWeightMoreThanManySmallOnes() {
    // Filters (3, 0), (2, 2), (1, 1): L1 3, 4, 2; L2 3, 2.8, 1.4.
    NetworkBuilder builder = new NetworkBuilder(1, 2, 2, 2);
    Tensor weight = Tensor.ofFloats(Shape.of(3, 2, 1, 1), new float[] {3, 0, 2, 2, 1, 1});
    String conv =
        builder.op(new Conv2d(weight, Optional.empty(), Window.square(1, 1, 0), 1), Graph.INPUT);
    Graph graph = builder.build(builder.linear(builder.mean(conv), 2));
    float[] l1 =
        conv(prune(graph, options(Importance.L1, 1, false), 0.6), conv).weight().toFloats();
    float[] l2 =
        conv(prune(graph, options(Importance.L2, 1, false), 0.6), conv).weight().toFloats();
    assertArrayEquals(new float[] {2, 2}, l1);
    assertArrayEquals(new float[] {3, 0}, l2);
  }

  @Test
  void batchNormRanksByAbsoluteScaleAndLeavesOtherGroupsWhole() {
    NetworkBuilder builder = new NetworkBuilder(2, 1, 4, 4);
    String first = conv(builder, 9, 8, 7, 6);
    String second = builder.conv(norm(builder, first, 0.1f, -2, 0.5f, 1), 6, 3);
    Graph graph = builder.build(builder.linear(builder.mean(second), 2));
    PruningOptions options = options(Importance.BATCH_NORM, 1, false);
    Graph pruned = prune(graph, options, 0.5);
    assertArrayEquals(new float[] {8, 6}, conv(pruned, first).weight().toFloats());
    assertEquals(6, conv(pruned, second).outChannels());
    assertEquals(
        List.of(new PruningGroup(List.of(second), 6)), ChannelPruner.leftWhole(graph, options));
    assertEquals(List.of(), ChannelPruner.leftWhole(graph, options(Importance.L1, 1, false)));
  }

  @Test
  void batchNormTakesTheMeanOverTheNormsThatAChannelPasses() {
    NetworkBuilder builder = new NetworkBuilder(3, 1, 4, 4);
    String first = conv(builder, 1, 1, 1, 1);
    String once = norm(builder, first, 4, 3, 2, 1);
    String twice = norm(builder, once, 0, 3, 5, 1);
    Graph graph = builder.build(builder.linear(builder.mean(builder.add(once, twice)), 2));
    Graph pruned = prune(graph, options(Importance.BATCH_NORM, 1, false), 0.5);
    BatchNorm norm = (BatchNorm) pruned.node(once).op(); // means 2, 3, 3.5, 1
    assertArrayEquals(new float[] {3, 2}, norm.weight().toFloats());
  }

  @Test
  void refusesBatchNormWhereThereIsNone() {
    NetworkBuilder builder = new NetworkBuilder(4, 1, 4, 4);
    Graph graph = builder.build(builder.linear(builder.mean(conv(builder, 1, 2)), 2));
    PruningOptions options = options(Importance.BATCH_NORM, 1, false);
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChannelPruner.of(graph, options, NONE))
            .getMessage();
    assertTrue(message.contains("pass no batch norm"), message);
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ChannelPruner.leftWhole(graph, options))
            .getMessage());
  }

  @Test
  void randomIsSeededAndNested() {
    NetworkBuilder builder = new NetworkBuilder(5, 1, 4, 4);
    float[] weights = new float[64];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    String conv = conv(builder, weights);
    Graph graph = builder.build(builder.linear(builder.mean(conv), 2));
    List<Float> half = random(graph, conv, 7, 0.5);
    assertEquals(half, random(graph, conv, 7, 0.5));
    assertNotEquals(half, random(graph, conv, 8, 0.5));
    assertTrue(half.containsAll(random(graph, conv, 7, 0.8)));
    double mean = half.stream().mapToDouble(weight -> weight).average().orElseThrow();
    assertEquals(31.5, mean, 10); // by weight it would be 47.5; 10 is four standard errors
  }

  private static List<Float> random(Graph graph, String conv, long seed, double level) {
    PruningOptions options = new PruningOptions(Importance.RANDOM, 1, false, Set.of(), seed);
    List<Float> kept = new ArrayList<>();
    for (float weight : conv(prune(graph, options, level), conv).weight().toFloats()) {
      kept.add(weight);
    }
    return kept;
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0.5, 8, 8", "17, 0.5, 8, 8", "20, 0.5, 8, 16", "10, 0.25, 8, 8", "10, 0.1, 8, 10",
    "6, 0.9, 8, 6", "16, 0.99, 8, 8", "16, 0, 8, 16", "13, 0, 8, 13", "16, 0.7, 3, 6"
  })
  void roundsUpToAMultiple(int channels, double level, int roundTo, int kept) {
    NetworkBuilder builder = new NetworkBuilder(6, 2, 4, 4);
    String conv = builder.conv(Graph.INPUT, channels, 3);
    Graph graph = builder.build(builder.linear(builder.mean(conv), 3));
    Graph pruned = prune(graph, options(Importance.L1, roundTo, false), level);
    assertEquals(kept, conv(pruned, conv).outChannels());
  }

  @Test
  void roundsTheChannelsOfEveryLayerOfAGroup() {
    // Bundles of 3 channels before and 6 after a grouped convolution of 8 groups: of both a
    // multiple of 4 stays only with 4 or 8 bundles.
    LabelledNetwork net = new LabelledNetwork(7, 2, 5, 5);
    String before = net.conv(Graph.INPUT, net.bundles(24, 3));
    List<Label> twice = net.labels(before).stream().flatMap(l -> Stream.of(l, l)).toList();
    String grouped = net.grouped(before, twice, 8);
    String out = net.linear(net.op(net.builder.mean(grouped), twice), LabelledNetwork.fixed(3));
    Graph graph = net.builder.build(out);
    Graph pruned = prune(graph, options(Importance.L1, 4, false), 0.75); // 2 bundles
    assertEquals(12, conv(pruned, before).outChannels());
    assertEquals(24, conv(pruned, grouped).outChannels());
    assertEquals(4, conv(pruned, grouped).groups());
  }

  @Test
  void globalRankingTakesChannelsWhereTheyMatterLeast() {
    // Relative to their group's mean: 1.6, 1.2, 0.8, 0.4 and 3.88, 0.04, 0.04, 0.04.
    NetworkBuilder builder = new NetworkBuilder(8, 1, 4, 4);
    String even = conv(builder, 4, 3, 2, 1);
    String uneven = conv(builder, 970, 10, 10, 10);
    Graph graph =
        builder.build(builder.linear(builder.concat(builder.mean(even), builder.mean(uneven)), 2));
    Graph local = prune(graph, options(Importance.L1, 1, false), 0.5);
    assertArrayEquals(new float[] {4, 3}, conv(local, even).weight().toFloats());
    assertArrayEquals(new float[] {970, 10}, conv(local, uneven).weight().toFloats());
    Graph global = prune(graph, options(Importance.L1, 1, true), 0.5);
    assertArrayEquals(new float[] {4, 3, 2}, conv(global, even).weight().toFloats());
    assertArrayEquals(new float[] {970}, conv(global, uneven).weight().toFloats());
    // However little it matters, no group ends up empty.
    Graph most = prune(graph, options(Importance.L1, 1, true), 0.99);
    assertArrayEquals(new float[] {4}, conv(most, even).weight().toFloats());
    assertArrayEquals(new float[] {970}, conv(most, uneven).weight().toFloats());
    assertEquals(graph, prune(graph, options(Importance.L1, 1, true), 0));
  }

  @Test
  void anExcludedLayerKeepsWhatItReadsAndWhatItMakes() {
    NetworkBuilder builder = new NetworkBuilder(9, 2, 4, 4);
    String a = builder.conv(Graph.INPUT, 8, 3);
    String b = builder.conv(a, 8, 3);
    String c = builder.conv(b, 8, 3);
    String d = builder.conv(c, 8, 3);
    Graph graph = builder.build(builder.linear(builder.mean(d), 2));
    PruningOptions options = new PruningOptions(Importance.L1, 1, false, Set.of(b), 7);
    Graph pruned = prune(graph, options, 0.5);
    assertEquals(graph.node(b), pruned.node(b));
    assertEquals(Shape.of(8, 2, 3, 3), conv(pruned, a).weight().shape());
    assertEquals(Shape.of(4, 8, 3, 3), conv(pruned, c).weight().shape());
    assertEquals(Shape.of(4, 4, 3, 3), conv(pruned, d).weight().shape());
  }

  @Test
  void refusesToExcludeWhatIsNoLayer() {
    NetworkBuilder builder = new NetworkBuilder(10, 2, 4, 4);
    String relu = builder.relu(builder.conv(Graph.INPUT, 8, 3));
    Graph graph = builder.build(builder.linear(builder.mean(relu), 2));
    for (String name : List.of(relu, "conv9")) {
      PruningOptions options = new PruningOptions(Importance.L1, 1, false, Set.of(name), 7);
      String message =
          assertThrows(IllegalArgumentException.class, () -> prune(graph, options, 0.5))
              .getMessage();
      assertTrue(message.contains(name), message);
    }
  }

  @Test
  void namesTheLayerWhoseWeightsAreNoNumbers() {
    NetworkBuilder builder = new NetworkBuilder(11, 1, 4, 4);
    String conv = conv(builder, 1, Float.NaN);
    Graph graph = builder.build(builder.linear(builder.mean(conv), 2));
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> prune(graph, options(Importance.L1, 1, false), 0.5))
            .getMessage();
    assertTrue(message.startsWith(conv + ": the l1 importance of a channel is NaN"), message);
  }
}
