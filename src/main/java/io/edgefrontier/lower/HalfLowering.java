package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Tensor;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Stores and computes in a 16-bit floating-point type: {@code f(x) -> float32(f'(half(x)))}.
 *
 * <p>Softmax stays in float32, because 8 bits of mantissa would make near-equal probabilities
 * equal.
 */
final class HalfLowering {
  private final Graph graph;
  private final DType half;
  private final Rewriter rewriter;
  // Keeps tensors that nodes share shared.
  private final IdentityHashMap<Tensor, Tensor> converted = new IdentityHashMap<>();

  private HalfLowering(Graph graph, DType half) {
    this.graph = graph;
    this.half = half;
    this.rewriter = new Rewriter(graph);
  }

  static Graph lower(Graph folded, DType half) {
    return new HalfLowering(folded, half).lower();
  }

  private Graph lower() {
    for (Node node : graph.nodes()) {
      DType dtype = node.op() instanceof Softmax ? DType.FLOAT32 : half;
      List<String> inputs = node.inputs().stream().map(input -> as(input, dtype)).toList();
      Op op = node.op() instanceof Layer layer ? converted(layer) : node.op();
      rewriter.add(new Node(node.name(), op, inputs), node.name(), dtype);
    }
    return rewriter.finish(
        graph.outputs().stream().map(output -> as(output, DType.FLOAT32)).toList());
  }

  private String as(String value, DType dtype) {
    if (rewriter.has(value, dtype)) {
      return rewriter.name(value, dtype);
    }
    DType other = dtype == half ? DType.FLOAT32 : half;
    return rewriter.convert(value, other, dtype, new Cast(dtype));
  }

  private Op converted(Layer layer) {
    if (layer instanceof Conv2d conv) {
      return new Conv2d(
          half(conv.weight()), conv.bias().map(this::half), conv.window(), conv.groups());
    } else if (layer instanceof Linear linear) {
      return new Linear(half(linear.weight()), linear.bias().map(this::half));
    } else if (layer instanceof BatchNorm norm) {
      return new BatchNorm(
          half(norm.weight()),
          half(norm.bias()),
          half(norm.mean()),
          half(norm.variance()),
          norm.epsilon());
    }
    throw new IllegalArgumentException("no 16-bit form of " + layer);
  }

  private Tensor half(Tensor tensor) {
    return converted.computeIfAbsent(tensor, whole -> whole.to(half));
  }
}
