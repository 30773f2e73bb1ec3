package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.prune.ChannelTrace.Producer;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The importance of every set of channels, by id; {@link Importance} defines the kinds. */
final class ChannelImportance {
  private ChannelImportance() {}

  /**
   * Returns the importances of a kind that depends on the network alone.
   *
   * @param groups whose channels are ranked
   * @return sets that the kind says nothing about are missing
   * @throws ArithmeticException if an importance is not a number
   */
  static Map<Integer, Double> of(
      Graph graph, ChannelTrace trace, List<GroupMembers> groups, PruningOptions options) {
    Map<Integer, Double> importance =
        switch (options.importance()) {
          case L1 -> filterNorms(trace, filter -> norm(filter, 1));
          case L2 -> filterNorms(trace, filter -> norm(filter, 2));
          case BATCH_NORM -> batchNormScales(graph, trace);
          case RANDOM -> random(groups, options.seed());
          case TAYLOR -> throw new IllegalArgumentException("taylor depends on samples as well");
        };
    requireNumbers(importance, trace, options.importance());
    return importance;
  }

  /** Sums a norm of the filters that make each set; biases and batch norms do not count. */
  private static Map<Integer, Double> filterNorms(
      ChannelTrace trace, ToDoubleFunction<float[]> norm) {
    Map<Integer, Double> importance = new TreeMap<>();
    for (Producer producer : trace.producers()) {
      int[] sets = trace.ties().roots(producer.channels().channels());
      float[] values = producer.weight().toFloats();
      float[] filter = new float[values.length / sets.length];
      for (int i = 0; i < sets.length; i++) {
        System.arraycopy(values, i * filter.length, filter, 0, filter.length);
        importance.merge(sets[i], norm.applyAsDouble(filter), Double::sum);
      }
    }
    return importance;
  }

  private static double norm(float[] filter, int power) {
    double sum = 0;
    for (float value : filter) {
      sum += power == 1 ? Math.abs(value) : (double) value * value;
    }
    return power == 1 ? sum : Math.sqrt(sum);
  }

  /** Returns the mean absolute scale of the batch norms that each set passes. */
  static Map<Integer, Double> batchNormScales(Graph graph, ChannelTrace trace) {
    Map<Integer, Double> sums = new TreeMap<>();
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof BatchNorm norm) {
        float[] scales = norm.weight().toFloats();
        int[] sets = trace.ties().roots(trace.value(node.name()).channels());
        for (int i = 0; i < sets.length; i++) {
          sums.merge(sets[i], (double) Math.abs(scales[i]), Double::sum);
          counts.merge(sets[i], 1, Integer::sum);
        }
      }
    }
    sums.replaceAll((set, sum) -> sum / counts.get(set));
    return sums;
  }

  private static Map<Integer, Double> random(List<GroupMembers> groups, long seed) {
    Random random = new Random(seed);
    Map<Integer, Double> importance = new TreeMap<>();
    groups.stream()
        .flatMap(group -> group.sets().stream())
        .forEach(set -> importance.put(set.id(), random.nextDouble()));
    return importance;
  }

  /**
   * Returns the importances of {@link Importance#TAYLOR}.
   *
   * @throws IOException if {@code gradients} cannot tell
   * @throws ArithmeticException if an importance is not a number
   */
  static Map<Integer, Double> taylor(Graph graph, ChannelTrace trace, LossGradients gradients)
      throws IOException {
    Map<Integer, Double> importance = new TreeMap<>();
    // The sum over batches ranks as their mean does.
    gradients.forEachBatch(
        gradientOf ->
            gateGradients(graph, trace, gradientOf)
                .forEach((set, gate) -> importance.merge(set, gate * gate, Double::sum)));
    requireNumbers(importance, trace, Importance.TAYLOR);
    return importance;
  }

  /** Returns the sum of weight times gradient over the weights that read each set. */
  private static Map<Integer, Double> gateGradients(
      Graph graph, ChannelTrace trace, Function<Tensor, float[]> gradientOf) {
    Map<Integer, Double> sums = new TreeMap<>();
    IdentityHashMap<Tensor, Integer> made = new IdentityHashMap<>();
    trace.producers().forEach(maker -> made.put(maker.weight(), maker.channels().axis()));
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : graph.nodes()) {
      for (StoredTensor stored : node.op().stored()) {
        Tensor weight = stored.tensor();
        // A bias or scale acts on a channel, it does not read one. The gradient of a shared weight
        // holds all its uses.
        if (node.op() instanceof Layer && weight.shape().rank() > 1 && seen.add(weight)) {
          int maker = made.getOrDefault(weight, -1);
          trace.tensor(weight).stream()
              .filter(axis -> axis.axis() != maker)
              .forEach(
                  axis -> addProducts(sums, weight, gradientOf.apply(weight), axis, trace.ties()));
        }
      }
    }
    return sums;
  }

  private static void addProducts(
      Map<Integer, Double> sums,
      Tensor weight,
      float[] gradient,
      ChannelAxis axis,
      ChannelTies ties) {
    float[] values = weight.toFloats();
    int stride = weight.shape().strides().get(axis.axis());
    int[] sets = ties.roots(axis.channels());
    double[] products = new double[sets.length];
    for (int i = 0; i < values.length; i++) {
      products[i / stride % sets.length] += (double) values[i] * gradient[i];
    }
    for (int i = 0; i < sets.length; i++) {
      sums.merge(sets[i], products[i], Double::sum);
    }
  }

  private static void requireNumbers(
      Map<Integer, Double> importance, ChannelTrace trace, Importance kind) {
    for (Producer producer : trace.producers()) {
      for (int set : trace.ties().roots(producer.channels().channels())) {
        double value = importance.getOrDefault(set, 0.0);
        if (!Double.isFinite(value)) {
          throw new ArithmeticException(
              "%s: the %s importance of a channel is %s; check its weights"
                  .formatted(producer.layer(), kind.label(), value));
        }
      }
    }
  }
}
