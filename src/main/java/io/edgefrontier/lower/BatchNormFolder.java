package io.edgefrontier.lower;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds batch norms into the layer before them: {@code batchNorm(conv(x)) -> conv'(x)} with a bias,
 * and the same for linear layers.
 *
 * <p>A batch norm stays where it cannot be folded: no such layer before it, another reader of that
 * layer's result, or an axis that is not the layer's channels. Dropout goes as well, since it is
 * the identity and would hide what it separates. The folded layer keeps the name of the layer.
 */
public final class BatchNormFolder {
  private final Graph graph;
  private final Map<String, List<Node>> consumers;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  private BatchNormFolder(Graph graph) {
    this.graph = graph;
    this.consumers = graph.consumers();
  }

  /** Returns {@code graph} folded; folding it again changes nothing. */
  public static Graph fold(Graph graph) {
    return new BatchNormFolder(DropoutRemover.remove(graph)).fold();
  }

  private Graph fold() {
    for (Node node : graph.nodes()) {
      List<String> inputs = DropoutRemover.renamed(node.inputs(), renamed);
      int layer = node.op() instanceof BatchNorm ? foldableLayer(node.inputs().get(0)) : -1;
      if (layer >= 0) {
        Node before = nodes.get(layer);
        nodes.set(layer, before.with(folded(before.op(), (BatchNorm) node.op())));
        renamed.put(node.name(), before.name());
      } else {
        nodes.add(new Node(node.name(), node.op(), inputs));
      }
    }
    List<String> outputs = DropoutRemover.renamed(graph.outputs(), renamed);
    return new Graph(graph.name(), graph.sampleShape(), nodes, outputs);
  }

  /** Returns the index of the layer that makes {@code value} for its batch norm only, or -1. */
  private int foldableLayer(String value) {
    if (consumers.get(value).size() > 1 || graph.outputs().contains(value)) {
      return -1;
    }
    String layer = renamed.getOrDefault(value, value);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(layer)) {
        Op op = nodes.get(i).op();
        boolean onChannels = op instanceof Conv2d || (op instanceof Linear && isMatrix(value));
        return onChannels ? i : -1;
      }
    }
    return -1;
  }

  /** Batch norm works on axis 1, which holds a linear layer's features only in two dimensions. */
  private boolean isMatrix(String value) {
    return graph.types(1).get(value).shape().rank() == 2;
  }

  private static Op folded(Op layer, BatchNorm norm) {
    if (layer instanceof Conv2d conv) {
      return new Conv2d(
          foldedWeight(conv.weight(), norm),
          Optional.of(foldedBias(conv.weight(), conv.bias(), norm)),
          conv.window(),
          conv.groups());
    } else if (layer instanceof Linear linear) {
      return new Linear(
          foldedWeight(linear.weight(), norm),
          Optional.of(foldedBias(linear.weight(), linear.bias(), norm)));
    }
    throw new IllegalStateException("no batch norm folds into " + layer);
  }

  private static Tensor foldedWeight(Tensor weight, BatchNorm norm) {
    double[] gains = gains(norm);
    float[] values = weight.toFloats();
    int filter = values.length / gains.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * gains[i / filter]);
    }
    return Tensor.ofFloats(weight.shape(), values).to(weight.dtype());
  }

  private static Tensor foldedBias(Tensor weight, Optional<Tensor> bias, BatchNorm norm) {
    double[] gains = gains(norm);
    float[] shift = norm.bias().toFloats();
    float[] mean = norm.mean().toFloats();
    float[] before = bias.map(Tensor::toFloats).orElseGet(() -> new float[gains.length]);
    float[] values = new float[gains.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (((double) before[i] - mean[i]) * gains[i] + shift[i]);
    }
    return Tensor.ofFloats(norm.bias().shape(), values).to(weight.dtype());
  }

  private static double[] gains(BatchNorm norm) {
    float[] weight = norm.weight().toFloats();
    float[] variance = norm.variance().toFloats();
    double[] gains = new double[weight.length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = weight[i] / Math.sqrt(variance[i] + norm.epsilon());
    }
    return gains;
  }
}
