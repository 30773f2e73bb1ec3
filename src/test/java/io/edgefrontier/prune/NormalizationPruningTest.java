package io.edgefrontier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.prune.LabelledNetwork.Label;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels through normalisations, stored scales and the operators of sequences. */
class NormalizationPruningTest {
  private static final Op GELU = new Activation.Pointwise(Activation.Function.GELU);

  private static List<String> groups(Graph graph) {
    return ChannelPruner.groups(graph).stream()
        .map(group -> group.channels() + " " + String.join(",", group.layers()))
        .toList();
  }

  /** Prunes and compares with the network of full size in which removed channels are ignored. */
  private static void assertEqualsZeroed(LabelledNetwork network, String output) {
    Graph graph = network.builder.build(output);
    float[] input = network.builder.samples(2);
    for (double level : new double[] {0, 0.25, 0.5, 0.99}) {
      Graph pruned = ChannelPruner.prune(graph, level);
      float[] found = ReferenceInterpreter.run(pruned, input, 2).get(0);
      float[] expected = ReferenceInterpreter.run(network.zeroed(level, output), input, 2).get(0);
      assertArrayEquals(expected, found, 1e-4f, () -> "level " + level + " of " + graph.nodes());
      assertEquals(network.removed(level).isEmpty(), pruned.parameters() == graph.parameters());
    }
  }

  /** Ends a network in a mean and a linear layer. */
  private static String head(LabelledNetwork net, String image) {
    String mean = net.op(net.builder.mean(image), net.labels(image));
    return net.linear(mean, LabelledNetwork.fixed(3));
  }

  @Test
  void prunesTheHiddenFeaturesOfATransformerAndKeepsItsResidualStream() {
    LabelledNetwork net = new LabelledNetwork(1, 5, 6);
    net.op(Graph.INPUT, LabelledNetwork.fixed(6)); // features lie on the last axis
    String stream = net.linear(Graph.INPUT, LabelledNetwork.fixed(8));
    String normed = net.op(net.builder.layerNorm(stream, 1), net.labels(stream));
    String hidden = net.linear(normed, net.fresh(12));
    String active = net.op(net.builder.op(GELU, hidden), net.labels(hidden));
    String back = net.linear(active, LabelledNetwork.fixed(8));
    String sum = net.op(net.builder.add(stream, back), LabelledNetwork.fixed(8));
    String out = net.linear(sum, LabelledNetwork.fixed(3));
    assertEquals(List.of("12 " + hidden), groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void removesWholeGroupsOfAGroupNorm() {
    LabelledNetwork net = new LabelledNetwork(2, 2, 5, 5);
    String conv = net.conv(Graph.INPUT, net.bundles(12, 3));
    String norm = net.op(net.builder.groupNorm(conv, 4), net.labels(conv));
    String out = head(net, norm);
    Graph graph = net.builder.build(out);
    assertEquals(List.of("4 " + conv), groups(graph));
    assertEqualsZeroed(net, out);
    GroupNorm half = (GroupNorm) ChannelPruner.prune(graph, 0.5).node(norm).op();
    assertEquals(2, half.groups());
    assertEquals(Shape.of(6), half.weight().orElseThrow().shape());
  }

  @Test
  void prunesChannelsOfAnInstanceNormOneByOne() {
    for (boolean affine : new boolean[] {true, false}) {
      LabelledNetwork net = new LabelledNetwork(3, 2, 5, 5);
      String conv = net.conv(Graph.INPUT, net.fresh(6));
      Op plain = new GroupNorm(6, Optional.empty(), Optional.empty(), 1e-5);
      String norm =
          net.op(
              affine ? net.builder.groupNorm(conv, 6) : net.builder.op(plain, conv),
              net.labels(conv));
      String next = net.conv(norm, net.fresh(4)); // a mean of an instance norm is its bias
      String out = head(net, next);
      Graph graph = net.builder.build(out);
      assertEquals(List.of("6 " + conv, "4 " + next), groups(graph));
      assertEqualsZeroed(net, out);
      assertEquals(3, ((GroupNorm) ChannelPruner.prune(graph, 0.5).node(norm).op()).groups());
    }
  }

  @Test
  void keepsChannelsThatAreNormalisedTogether() {
    NetworkBuilder builder = new NetworkBuilder(4, 2, 4, 4);
    String whole = builder.groupNorm(builder.conv(Graph.INPUT, 6, 3), 1);
    String layers = builder.layerNorm(builder.conv(Graph.INPUT, 5, 3), 3);
    String rows = builder.conv(Graph.INPUT, 4, 3);
    String joined = builder.concat(whole, layers, builder.layerNorm(rows, 2));
    Graph graph = builder.build(builder.linear(builder.mean(joined), 3));
    // A single group goes whole or stays, and one set of channels always stays.
    assertEquals(
        List.of("4 " + rows), groups(graph).stream().filter(g -> g.endsWith(rows)).toList());
    Graph pruned = ChannelPruner.prune(graph, 0.5);
    assertEquals(6, pruned.types(1).get(whole).shape().dim(1));
    assertEquals(5, pruned.types(1).get(layers).shape().dim(1));
    assertEquals(2, pruned.types(1).get(rows).shape().dim(1));
  }

  @Test
  void prunesAOneDimensionalConvolution() {
    LabelledNetwork net = new LabelledNetwork(5, 2, 9);
    String placed =
        net.op(net.builder.op(new Reshaping.Unsqueeze(2), Graph.INPUT), net.labels(Graph.INPUT));
    String conv = net.conv(placed, net.fresh(6));
    String taken = net.op(net.builder.op(new Reshaping.Squeeze(2), conv), net.labels(conv));
    String active = net.op(net.builder.op(GELU, taken), net.labels(conv));
    String again = net.op(net.builder.op(new Reshaping.Unsqueeze(2), active), net.labels(conv));
    String next = net.conv(again, net.fresh(4));
    String out = head(net, next);
    assertEquals(List.of("6 " + conv, "4 " + next), groups(net.builder.build(out)));
    assertEqualsZeroed(net, out);
  }

  @Test
  void slicesPerChannelSlopesAndStoredScales() {
    LabelledNetwork net = new LabelledNetwork(6, 2, 5, 5);
    String conv = net.conv(Graph.INPUT, net.fresh(6));
    List<Label> labels = net.labels(conv);
    Op prelu = new Layer.Prelu(net.builder.uniform(6, 0.1f, 0.9f));
    String sloped = net.op(net.builder.op(prelu, conv), labels);
    Tensor gamma = Tensor.ofFloats(Shape.of(6, 1, 1), net.builder.uniform(6, -2, 2).toFloats());
    String stored = net.builder.op(new Constant(gamma, true));
    String scaled = net.op(net.builder.mul(stored, sloped), labels);
    String moved = scaled;
    for (WithScalar.Kind kind : WithScalar.Kind.values()) {
      moved = net.op(net.builder.op(new WithScalar(kind, 0.75), moved), labels);
    }
    String whole = net.builder.op(new Constant(net.builder.uniform(1, 1, 2), true));
    String out = head(net, net.op(net.builder.mul(moved, whole), labels));
    Graph graph = net.builder.build(out);
    assertEquals(List.of("6 " + conv), groups(graph));
    assertEqualsZeroed(net, out);
    Graph half = ChannelPruner.prune(graph, 0.5);
    assertEquals(Shape.of(3, 1, 1), ((Constant) half.node(stored).op()).tensor().shape());
    assertEquals(Shape.of(3), ((Layer.Prelu) half.node(sloped).op()).weight().shape());
  }

  @Test
  void keepsAStoredScaleThatIsAlsoReadWhole() {
    for (boolean wholeFirst : new boolean[] {true, false}) {
      NetworkBuilder builder = new NetworkBuilder(7, 6, 4, 4);
      String conv = builder.conv(Graph.INPUT, 6, 3);
      Tensor gamma = Tensor.ofFloats(Shape.of(6, 1, 1), builder.uniform(6, -2, 2).toFloats());
      String stored = builder.op(new Constant(gamma, true));
      String input = wholeFirst ? builder.mul(Graph.INPUT, stored) : "";
      String scaled = builder.mul(conv, stored);
      input = wholeFirst ? input : builder.mul(Graph.INPUT, stored);
      String joined = builder.concat(builder.mean(input), builder.mean(scaled));
      Graph graph = builder.build(builder.linear(joined, 3));
      assertEquals(graph.types(2).get(input), ChannelPruner.prune(graph, 0.5).types(2).get(input));
    }
  }

  @Test
  void keepsAStoredScaleThatIsAnOutput() {
    NetworkBuilder builder = new NetworkBuilder(8, 2, 4, 4);
    String conv = builder.conv(Graph.INPUT, 6, 3);
    Tensor gamma = Tensor.ofFloats(Shape.of(6, 1, 1), builder.uniform(6, -2, 2).toFloats());
    String stored = builder.op(new Constant(gamma, true));
    String out = builder.linear(builder.mean(builder.mul(conv, stored)), 3);
    Graph graph = builder.build(out, stored);
    assertEquals(graph.types(2).get(stored), ChannelPruner.prune(graph, 0.5).types(2).get(stored));
  }

  @Test
  void shrinksTheInputsOfATransposedConvolution() {
    NetworkBuilder builder = new NetworkBuilder(9, 2, 4, 4);
    String conv = builder.conv(Graph.INPUT, 8, 3);
    String grown = builder.convTranspose(conv, 5, 2);
    Graph graph = builder.build(builder.linear(builder.mean(grown), 3));
    assertEquals(List.of("8 " + conv), groups(graph));
    Graph half = ChannelPruner.prune(graph, 0.5);
    Layer.ConvTranspose2d pruned = (Layer.ConvTranspose2d) half.node(grown).op();
    assertEquals(Shape.of(4, 5, 3, 3), pruned.weight().shape());
    assertEquals(graph.types(2).get(grown), half.types(2).get(grown));
  }

  @Test
  void keepsWhatMatrixProductsAndAttentionMix() {
    NetworkBuilder builder = new NetworkBuilder(10, 5, 6);
    String query = builder.linear(Graph.INPUT, 8);
    String value = builder.linear(Graph.INPUT, 7);
    String attended =
        builder.op(
            new Attention(false, Optional.empty()), query, builder.linear(Graph.INPUT, 8), value);
    String hidden = builder.linear(attended, 10);
    String back = builder.linear(builder.relu(hidden), 5);
    String mixed = builder.op(new Arithmetic.MatMul(), back, builder.linear(Graph.INPUT, 4));
    Graph graph = builder.build(builder.linear(mixed, 3));
    assertEquals(List.of("10 " + hidden), groups(graph));
    assertEquals(graph.types(2).get(back), ChannelPruner.prune(graph, 0.5).types(2).get(back));
  }
}
