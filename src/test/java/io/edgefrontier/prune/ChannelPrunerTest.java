package io.edgefrontier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.prune.LabelledNetwork.Label;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPrunerTest {
  private static final double[] LEVELS = {0, 0.1, 0.25, 0.5, 0.7, 0.99};

  /** Prunes and compares with the network of full size in which removed channels are ignored. */
  private static void assertEqualsZeroed(LabelledNetwork network, String output) {
    Graph graph = network.builder.build(output);
    float[] input = network.builder.samples(2);
    for (double level : LEVELS) {
      Graph pruned = ChannelPruner.prune(graph, level);
      float[] found = ReferenceInterpreter.run(pruned, input, 2).get(0);
      float[] expected = ReferenceInterpreter.run(network.zeroed(level, output), input, 2).get(0);
      assertArrayEquals(expected, found, 1e-4f, () -> "level " + level + " of " + graph.nodes());
      assertEquals(graph.types(3).get(output), pruned.types(3).get(output));
      assertEquals(network.removed(level).isEmpty(), pruned.parameters() == graph.parameters());
    }
  }

  private static List<String> groups(Graph graph) {
    return ChannelPruner.groups(graph).stream()
        .map(group -> group.channels() + " " + String.join(",", group.layers()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0, 16",
    "16, 0.5, 8",
    "5, 0.5, 2",
    "7, 0.5, 4",
    "3, 0.5, 2",
    "1, 0.5, 1",
    "10, 0.25, 8",
    "6, 0.25, 4",
    "2, 0.99, 1",
    "16, 0.7, 5",
    "15, 0.7, 4",
    "5, 0.9, 1",
    "35, 0.9, 4",
    "32, 0.7, 10",
    "1, 0.99, 1"
  })
  void keepsTheRoundedShareHalfToEvenButAtLeastOne(int channels, double level, int kept) {
    assertEquals(kept, new PruningGroup(List.of("conv"), channels).kept(level));
    NetworkBuilder builder = new NetworkBuilder(1, 2, 4, 4);
    String conv = builder.conv(Graph.INPUT, channels, 3);
    Graph pruned = ChannelPruner.prune(builder.build(builder.linear(builder.mean(conv), 3)), level);
    assertEquals(kept, ((Conv2d) pruned.node(conv).op()).outChannels());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesLevelsOutsideZeroToOne(double level) {
    NetworkBuilder builder = new NetworkBuilder(1, 2, 4, 4);
    Graph graph = builder.build(builder.conv(Graph.INPUT, 4, 3));
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChannelPruner.prune(graph, level))
            .getMessage();
    assertEquals("pruning level must be in [0, 1), got " + level, message);
  }

  @Test
  void prunesAChain() {
    LabelledNetwork net = new LabelledNetwork(2, 3, 6, 6);
    String a = net.conv(Graph.INPUT, net.fresh(8));
    String pooled = net.op(net.builder.maxPool(net.builder.relu(a)), net.labels(a));
    String b = net.conv(pooled, net.fresh(6));
    String mean = net.op(net.builder.mean(b), net.labels(b));
    String out = net.linear(mean, LabelledNetwork.fixed(4));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("8 " + a, "6 " + b), groups(graph));
    assertEqualsZeroed(net, out);

    Graph half = ChannelPruner.prune(graph, 0.5);
    assertEquals(4 * 3 * 9 + 4 + 3 * 4 * 9 + 3 + 4 * 3 + 4, half.parameters());
    assertEquals(36L * 4 * 3 * 9 + 9L * 3 * 4 * 9 + 4 * 3, half.macs());
    assertTrue(half.peakActivationBytes(1) < graph.peakActivationBytes(1));
    assertEquals(graph, ChannelPruner.prune(graph, 0));
  }

  @Test
  void tiesTheBranchesOfAResidualAdd() {
    LabelledNetwork net = new LabelledNetwork(3, 2, 5, 5);
    String stem = net.conv(Graph.INPUT, net.fresh(8));
    String norm = net.op(net.builder.batchNorm(stem), net.labels(stem));
    String inner = net.conv(norm, net.fresh(6));
    String outer = net.conv(inner, net.labels(stem));
    String add = net.op(net.builder.add(norm, outer), net.labels(stem));
    String mean = net.op(net.builder.mean(add), net.labels(stem));
    String out = net.linear(mean, LabelledNetwork.fixed(3));
    assertEquals(List.of("8 " + stem + "," + outer, "6 " + inner), groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void neverShrinksChannelsThatAreAddedToTheInput() {
    LabelledNetwork net = new LabelledNetwork(4, 4, 5, 5);
    String inner = net.conv(Graph.INPUT, net.fresh(6));
    String outer = net.conv(inner, LabelledNetwork.fixed(4));
    String add = net.op(net.builder.add(Graph.INPUT, outer), net.labels(outer));
    String mean = net.op(net.builder.mean(add), net.labels(add));
    String out = net.linear(mean, LabelledNetwork.fixed(3));
    assertEquals(List.of("6 " + inner), groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void prunesADepthwiseConvolutionWithTheChannelsThatItReads() {
    LabelledNetwork net = new LabelledNetwork(5, 1, 6, 6);
    String point = net.conv(Graph.INPUT, net.fresh(8));
    String depth = net.grouped(point, net.labels(point), 8);
    String doubled = net.grouped(depth, twice(net.labels(depth)), 8);
    String next = net.conv(doubled, net.fresh(6));
    String flat = net.op(net.builder.flatten(next), repeated(net.labels(next), 36));
    String out = net.linear(flat, LabelledNetwork.fixed(5));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("8 " + point + "," + depth + "," + doubled, "6 " + next), groups(graph));
    assertEqualsZeroed(net, out);
    Conv2d half = (Conv2d) ChannelPruner.prune(graph, 0.5).node(doubled).op();
    assertEquals(4, half.groups());
    assertEquals(8, half.outChannels());
  }

  @Test
  void removesWholeGroupsOfAGroupedConvolution() {
    LabelledNetwork net = new LabelledNetwork(6, 2, 5, 5);
    List<Label> bundles = net.bundles(12, 3);
    String before = net.conv(Graph.INPUT, bundles);
    String grouped = net.grouped(before, bundledTwice(bundles), 4);
    String mean = net.op(net.builder.mean(grouped), net.labels(grouped));
    String out = net.linear(mean, LabelledNetwork.fixed(3));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("4 " + before + "," + grouped), groups(graph));
    assertEqualsZeroed(net, out);
    assertEquals(2, ((Conv2d) ChannelPruner.prune(graph, 0.5).node(grouped).op()).groups());
  }

  @Test
  void keepsConcatOffsetsAndGroupsByMaker() {
    LabelledNetwork net = new LabelledNetwork(7, 2, 4, 4);
    String a = net.conv(Graph.INPUT, net.fresh(6));
    String b = net.conv(a, net.fresh(4));
    String joined = net.op(net.builder.concat(b, Graph.INPUT, a), concat(net, b, Graph.INPUT, a));
    String norm = net.op(net.builder.batchNorm(joined), net.labels(joined));
    String both = net.op(net.builder.concat(a, b), concat(net, a, b));
    String matching = net.conv(norm, net.labels(both));
    String add = net.op(net.builder.add(both, matching), net.labels(both));
    String flat = net.op(net.builder.flatten(add), repeated(net.labels(add), 16));
    String out = net.linear(flat, LabelledNetwork.fixed(3));
    assertEquals(
        List.of("6 " + a + "," + matching, "4 " + b + "," + matching),
        groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void followsSqueezeAndExcite() {
    LabelledNetwork net = new LabelledNetwork(8, 3, 6, 6);
    String x = net.conv(Graph.INPUT, net.fresh(8));
    String squeezed =
        net.op(net.builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), x), net.labels(x));
    String reduced = net.conv(squeezed, net.fresh(4));
    String gate = net.conv(net.op(net.builder.relu(reduced), net.labels(reduced)), net.labels(x));
    String gated = net.op(net.builder.mul(x, gate), net.labels(x));
    String next = net.conv(gated, net.fresh(5));
    String padded = net.builder.op(new Reshaping.Pad(1, 0, 2, 0, 0.5), next);
    String flat = net.op(net.builder.flatten(padded), repeated(net.labels(next), 7 * 8));
    String out = net.linear(flat, LabelledNetwork.fixed(3));
    assertEquals(
        List.of("8 " + x + "," + gate, "4 " + reduced, "5 " + next),
        groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void followsReshapesThatKeepOrMergeChannels() {
    LabelledNetwork net = new LabelledNetwork(9, 2, 4, 4);
    String a = net.conv(Graph.INPUT, net.fresh(6));
    String kept =
        net.op(net.builder.op(Reshaping.Reshape.ofSample(Shape.of(6, 2, 8)), a), net.labels(a));
    String b = net.conv(kept, net.fresh(4));
    String merged =
        net.op(
            net.builder.op(Reshaping.Reshape.ofSample(Shape.of(64)), b),
            repeated(net.labels(b), 16));
    String hidden = net.linear(merged, net.fresh(7));
    String out = net.linear(hidden, LabelledNetwork.fixed(3));
    assertEquals(List.of("6 " + a, "4 " + b, "7 " + hidden), groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void freezesChannelsThatASoftmaxOrMeanMixes() {
    NetworkBuilder builder = new NetworkBuilder(10, 2, 4, 4);
    String softmaxed = builder.op(new Activation.Softmax(1), builder.conv(Graph.INPUT, 4, 3));
    String averaged =
        builder.op(new Pooling.Mean(List.of(1), true), builder.conv(Graph.INPUT, 5, 3));
    String features = builder.op(new Activation.Softmax(-1), builder.conv(Graph.INPUT, 8, 3));
    String joined =
        builder.concat(
            builder.flatten(softmaxed), builder.flatten(averaged), builder.flatten(features));
    Graph graph = builder.build(builder.linear(joined, 3));
    assertEquals(1, ChannelPruner.groups(graph).size());
    assertEquals(8, ChannelPruner.groups(graph).get(0).channels()); // softmax over width mixes none
  }

  @Test
  void tiesWhatAChannelShuffleMixes() {
    LabelledNetwork net = new LabelledNetwork(15, 2, 4, 4);
    String shuffled = net.shuffled(Graph.INPUT, 2, 5);
    String depth = net.grouped(shuffled, net.labels(shuffled), 10);
    String flat = net.op(net.builder.flatten(depth), repeated(net.labels(depth), 16));
    String out = net.linear(flat, LabelledNetwork.fixed(3));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("5 conv2d0," + depth), groups(graph));
    assertEqualsZeroed(net, out);
    Graph pruned = ChannelPruner.prune(graph, 0.4);
    assertEquals(6, ((Conv2d) pruned.node(depth).op()).groups());
  }

  @Test
  void followsSlicesAndLeavesSomethingOfEach() {
    LabelledNetwork net = new LabelledNetwork(18, 2, 4, 4);
    String conv = net.conv(Graph.INPUT, net.fresh(8));
    String left = net.slice(conv, 0, 2);
    String right = net.slice(conv, 2, 8);
    String next = net.conv(left, net.fresh(4));
    String joined = net.op(net.builder.concat(right, next), concat(net, right, next));
    String flat = net.op(net.builder.flatten(joined), repeated(net.labels(joined), 16));
    String out = net.linear(flat, LabelledNetwork.fixed(3));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("8 " + conv, "4 " + next), groups(graph));
    assertEqualsZeroed(net, out);
    Graph most = ChannelPruner.prune(graph, 0.99);
    assertEquals(2, ((Conv2d) most.node(conv).op()).outChannels());
    assertEquals(new Reshaping.Slice(1, 0, 1, 1), most.node(left).op());
    assertEquals(new Reshaping.Slice(1, 1, 2, 1), most.node(right).op());
  }

  @Test
  void aReshapeThatMixesAllChannelsFreezesThem() {
    NetworkBuilder builder = new NetworkBuilder(16, 2, 3, 3);
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String mixed =
        builder.op(Reshaping.Reshape.ofSample(Shape.of(3, 12)), conv); // channels of 9 values
    String hidden = builder.linear(mixed, 5);
    Graph graph = builder.build(builder.linear(builder.flatten(hidden), 3));
    assertEquals(List.of("5 " + hidden), groups(graph));
    assertEquals(graph.node(conv), ChannelPruner.prune(graph, 0.5).node(conv));
  }

  @Test
  void keepsSharedWeightsSharedAndTied() {
    NetworkBuilder builder = new NetworkBuilder(11, 4, 4, 4);
    String first = builder.conv(Graph.INPUT, 4, 3);
    Conv2d shared = (Conv2d) builder.build(first).node(first).op();
    String second = builder.op(shared, first);
    Graph graph = builder.build(builder.linear(builder.mean(second), 2));
    assertEquals(List.of(), groups(graph)); // reads the input, so it cannot shrink anywhere

    builder = new NetworkBuilder(12, 2, 4, 4);
    String stem = builder.conv(Graph.INPUT, 4, 3);
    first = builder.conv(stem, 4, 3);
    second = builder.op(builder.build(first).node(first).op(), first);
    graph = builder.build(builder.linear(builder.mean(second), 2));
    assertEquals(List.of("4 " + stem + "," + first + "," + second), groups(graph));
    Graph pruned = ChannelPruner.prune(graph, 0.5);
    assertSame(
        ((Conv2d) pruned.node(first).op()).weight(), ((Conv2d) pruned.node(second).op()).weight());
  }

  @Test
  void vectorsThatLayersShareTieNothing() {
    // Freezing pools equal constants: here the zeros that three layers have for a bias.
    NetworkBuilder builder = new NetworkBuilder(17, 3, 4, 4);
    Tensor zeros = Tensor.ofFloats(Shape.of(4), new float[4]);
    Random random = new Random(17);
    String value = Graph.INPUT;
    List<String> names = new ArrayList<>();
    for (int in : new int[] {3, 4, 4}) {
      float[] weight = new float[4 * in];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = random.nextFloat() - 0.5f;
      }
      Tensor tensor = Tensor.ofFloats(Shape.of(4, in, 1, 1), weight);
      value = builder.op(new Conv2d(tensor, Optional.of(zeros), Window.square(1, 1, 0), 1), value);
      names.add(value);
    }
    Graph graph = builder.build(value);
    assertEquals(List.of("4 " + names.get(0), "4 " + names.get(1)), groups(graph));
    Graph half = ChannelPruner.prune(graph, 0.5);
    assertSame(bias(half, names.get(0)), bias(half, names.get(1)));
    assertEquals(Shape.of(4), bias(half, names.get(2)).shape());
    assertEquals(6 + 4 + 8 + 2 + 4, half.parameters());
    assertEquals(graph.parameters(), ChannelPruner.prune(graph, 0).parameters());
  }

  private static Tensor bias(Graph graph, String conv) {
    return ((Conv2d) graph.node(conv).op()).bias().orElseThrow();
  }

  @Test
  void keepsTheLowerIndexOfEqualChannelsInAscendingOrder() {
    Tensor weight = Tensor.ofFloats(Shape.of(5, 1, 1, 1), new float[] {1, -3, 1, 2, -1});
    NetworkBuilder builder = new NetworkBuilder(13, 1, 2, 2);
    String conv =
        builder.op(new Conv2d(weight, Optional.empty(), Window.square(1, 1, 0), 1), Graph.INPUT);
    Graph pruned = ChannelPruner.prune(builder.build(builder.linear(builder.mean(conv), 2)), 0.4);
    assertArrayEquals(
        new float[] {1, -3, 2}, ((Conv2d) pruned.node(conv).op()).weight().toFloats());
  }

  @Test
  void leavesTheOutputsAndEveryNameInPlace() {
    NetworkBuilder builder = new NetworkBuilder(14, 2, 4, 4);
    String a = builder.conv(Graph.INPUT, 8, 3);
    String b = builder.conv(a, 8, 3);
    Graph graph = builder.build(b, a);
    assertEquals(graph, ChannelPruner.prune(graph, 0.9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void prunesRandomNetworks(long seed) {
    LabelledNetwork net = LabelledNetwork.random(seed, 1 + (int) (seed % 3), 4, 10);
    assertEqualsZeroed(net, net.head());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void prunesRandomNetworksForTheEngine(long seed, @TempDir Path folder) throws IOException {
    LabelledNetwork net = LabelledNetwork.random(seed, 2, 6, 12);
    String out = net.head();
    float[] input = net.builder.samples(2);
    for (double level : new double[] {0.25, 0.6}) {
      Path archive = folder.resolve("pruned.pt");
      TorchScriptWriter.write(ChannelPruner.prune(net.builder.build(out), level), archive);
      float[] expected = ReferenceInterpreter.run(net.zeroed(level, out), input, 2).get(0);
      try (InferenceSession session = InferenceSession.open(archive)) {
        float[] found = session.run(input, Shape.of(2, 2, 4, 4)).get(0);
        assertArrayEquals(expected, found, 1e-4f);
      }
    }
  }

  private static List<Label> concat(LabelledNetwork net, String... values) {
    return Stream.of(values).flatMap(value -> net.labels(value).stream()).toList();
  }

  private static List<Label> repeated(List<Label> labels, int times) {
    return labels.stream().flatMap(label -> Collections.nCopies(times, label).stream()).toList();
  }

  private static List<Label> twice(List<Label> labels) {
    return repeated(labels, 2);
  }

  private static List<Label> bundledTwice(List<Label> labels) {
    return labels.stream().flatMap(label -> Stream.of(label, label)).toList();
  }
}
