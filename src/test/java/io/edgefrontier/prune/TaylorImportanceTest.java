package io.edgefrontier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.GraphGradients;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.prune.ChannelTrace.Producer;
import io.edgefrontier.prune.LabelledNetwork.Label;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaylorImportanceTest {
  private static final int COUNT = 6;
  private static final int[] LABELS = {0, 2, 1, 1, 0, 2};

  private static Samples samples(NetworkBuilder builder) {
    Shape shape = builder.shape(Graph.INPUT).sample();
    return new Samples(shape, 3, builder.samples(COUNT), LABELS);
  }

  private static Map<Integer, Double> importance(
      Graph graph, ChannelTrace trace, Samples samples, int batchSize) throws IOException {
    return ChannelImportance.taylor(
        graph, trace, batch -> new GraphGradients(graph, samples).forEachBatch(batchSize, batch));
  }

  /** Returns the mean cross-entropy over samples {@code from} to {@code to}. */
  private static double loss(Graph graph, Samples samples, int from, int to) throws IOException {
    float[] logits = ReferenceInterpreter.run(graph, samples.values(from, to), to - from).get(0);
    double sum = 0;
    for (int i = from; i < to; i++) {
      double[] row = new double[3];
      for (int c = 0; c < 3; c++) {
        row[c] = logits[(i - from) * 3 + c];
      }
      double normaliser = IntStream.range(0, 3).mapToDouble(c -> Math.exp(row[c])).sum();
      sum += Math.log(normaliser) - row[samples.label(i)];
    }
    return sum / (to - from);
  }

  /** The oracle makes no use of gradients: it scales what the layers read of a channel. */
  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56, 57, 58})
  void isTheSquaredChangeOfTheLossWithAGateOnTheChannel(long seed) throws IOException {
    LabelledNetwork net = LabelledNetwork.random(seed, 2, 4, 6);
    String out = net.head();
    Graph graph = net.builder.build(out);
    Samples samples = samples(net.builder);
    ChannelTrace trace = ChannelTracer.trace(graph);
    Map<Integer, Double> importance = importance(graph, trace, samples, COUNT);
    Map<Label, Integer> sets = new HashMap<>();
    for (Producer producer : trace.producers()) {
      List<Label> makes = net.labels(producer.layer());
      int[] roots = trace.ties().roots(producer.channels().channels());
      IntStream.range(0, roots.length).forEach(i -> sets.put(makes.get(i), roots[i]));
    }
    float step = 1f / 256;
    double largest = 0;
    for (Map.Entry<Label, Integer> entry : sets.entrySet()) {
      if (entry.getKey().group() != 0) {
        Set<Label> gated = Set.of(entry.getKey());
        double above = loss(net.scaled(gated, 1 + step, out), samples, 0, COUNT);
        double below = loss(net.scaled(gated, 1 - step, out), samples, 0, COUNT);
        double gate = Math.sqrt(importance.getOrDefault(entry.getValue(), 0.0));
        double expected = Math.abs(above - below) / (2 * step);
        largest = Math.max(largest, expected);
        assertEquals(expected, gate, 2e-3 + 0.02 * expected, () -> entry + " of " + graph.nodes());
      }
    }
    assertTrue(largest > 0.05, "nothing to tell apart: " + largest);
  }

  @Test
  void addsUpOverBatches() throws IOException {
    LabelledNetwork net = LabelledNetwork.random(61, 2, 4, 6);
    Graph graph = net.builder.build(net.head());
    Samples samples = samples(net.builder);
    ChannelTrace trace = ChannelTracer.trace(graph);
    Map<Integer, Double> sum = new HashMap<>();
    for (int from = 0; from < COUNT; from += 2) {
      Samples two = samples.select(new int[] {from, from + 1});
      importance(graph, trace, two, 2).forEach((set, value) -> sum.merge(set, value, Double::sum));
    }
    Map<Integer, Double> found = importance(graph, trace, samples, 2);
    assertEquals(sum.keySet(), found.keySet());
    sum.forEach((set, value) -> assertEquals(value, found.get(set), 1e-9 + 1e-4 * value));
    assertTrue(found.values().stream().anyMatch(value -> value > 1e-6));
  }

  @Test
  void keepsTheChannelsThatTheClassesHangOn() throws IOException {
    // The first convolution copies four inputs with weights that L1 ranks the other way round.
    NetworkBuilder builder = new NetworkBuilder(62, 4, 1, 1);
    Tensor diagonal = diagonal(4, new float[] {8, 4, 0.5f, 0.4f});
    String conv =
        builder.op(new Conv2d(diagonal, Optional.empty(), Window.square(1, 1, 0), 1), Graph.INPUT);
    float[] head = {0, 0, 9, -9, 0, 0, -9, 9};
    String logits =
        builder.op(
            new Linear(Tensor.ofFloats(Shape.of(2, 4), head), Optional.empty()),
            builder.flatten(conv));
    Graph graph = builder.build(builder.op(new Activation.Softmax(1), logits));
    Samples samples = new Samples(Shape.of(4, 1, 1), 2, builder.samples(20), new int[20]);
    LossGradients gradients = batch -> new GraphGradients(graph, samples).forEachBatch(5, batch);
    PruningOptions taylor = new PruningOptions(Importance.TAYLOR, 1, false, Set.of(), 7);
    Graph pruned = ChannelPruner.of(graph, taylor, gradients).prune(0.5);
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 0, 0, 0, 0, 0.4f},
        ((Conv2d) pruned.node(conv).op()).weight().toFloats());
    float[] input = builder.samples(3);
    assertArrayEquals(
        ReferenceInterpreter.run(graph, input, 3).get(0),
        ReferenceInterpreter.run(pruned, input, 3).get(0));
    Graph byNorm = ChannelPruner.prune(graph, 0.5);
    assertArrayEquals(
        new float[] {8, 0, 0, 0, 0, 4, 0, 0},
        ((Conv2d) byNorm.node(conv).op()).weight().toFloats());
  }

  @Test
  void readsATransposedConvolutionAlongItsFirstAxisAndNoScale() throws IOException {
    NetworkBuilder builder = new NetworkBuilder(63, 1, 2, 2);
    String conv = builder.conv(Graph.INPUT, 3, 1);
    String grown = builder.op(transposed(1, -2, 3, 3, 1, 4), builder.batchNorm(conv));
    Graph graph = builder.build(builder.linear(builder.mean(grown), 2));
    ChannelTrace trace = ChannelTracer.trace(graph);
    // With gradients of 1 a gate's is the sum of the weights behind it: -1, 6 and 5.
    Map<Integer, Double> importance =
        ChannelImportance.taylor(
            graph, trace, batch -> batch.accept(tensor -> ones(tensor.shape())));
    int[] sets = trace.ties().roots(trace.value(conv).channels());
    assertEquals(1, importance.get(sets[0]), 1e-9);
    assertEquals(36, importance.get(sets[1]), 1e-9);
    assertEquals(25, importance.get(sets[2]), 1e-9);
  }

  /** Returns a transposed convolution from three channels to two, with a kernel of 1 x 1. */
  private static ConvTranspose2d transposed(float... weights) {
    return new ConvTranspose2d(
        Tensor.ofFloats(Shape.of(3, 2, 1, 1), weights),
        Optional.empty(),
        Window.square(1, 1, 0),
        Size2d.of(0),
        1);
  }

  private static float[] ones(Shape shape) {
    float[] ones = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensor diagonal(int size, float[] values) {
    float[] weight = new float[size * size];
    for (int i = 0; i < size; i++) {
      weight[i * size + i] = values[i];
    }
    return Tensor.ofFloats(Shape.of(size, size, 1, 1), weight);
  }
}
