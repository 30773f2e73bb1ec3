package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation.LogSoftmax;
import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling.ArgMax;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores and computes in a 16-bit floating-point type: {@code f(x) -> float32(f'(half(x)))}.
 *
 * <p>Softmax stays in float32, because 8 bits of mantissa would make near-equal probabilities
 * equal, and so do values that become indices and calls that the graph keeps opaque.
 */
final class HalfLowering {
  private final Graph graph;
  private final DType half;
  private final Map<String, TensorType> types;
  private final Rewriter rewriter;
  // Keeps tensors that nodes share shared.
  private final IdentityHashMap<Tensor, Tensor> converted = new IdentityHashMap<>();

  private HalfLowering(Graph graph, DType half) {
    this.graph = graph;
    this.half = half;
    this.types = graph.types(1);
    this.rewriter = new Rewriter(graph);
  }

  static Graph lower(Graph folded, DType half) {
    return new HalfLowering(folded, half).lower();
  }

  private Graph lower() {
    for (Node node : graph.nodes()) {
      boolean real = types.get(node.name()).dtype().isFloat();
      DType dtype = staysFloat(node.op()) ? DType.FLOAT32 : half;
      List<String> inputs = node.inputs().stream().map(input -> as(input, dtype)).toList();
      Op op = real && node.op() instanceof Cast ? new Cast(dtype) : converted(node.op());
      // Integers are what they are; where they are stored does not matter.
      rewriter.add(new Node(node.name(), op, inputs), node.name(), dtype);
    }
    requireHalf();
    return rewriter.finish(
        graph.outputs().stream().map(output -> as(output, DType.FLOAT32)).toList());
  }

  /** Refuses a network whose weights would all stay as they are under another label. */
  private void requireHalf() {
    Optional<Node> whole =
        graph.opaqueCalls().stream().filter(node -> !node.op().stored().isEmpty()).findFirst();
    if (converted.isEmpty() && whole.isPresent()) {
      throw new IllegalArgumentException(
          "%s: no weight can be stored as %s; opaque %s at '%s' stays float32"
              .formatted(
                  graph.name(),
                  half,
                  ((Opaque.Call) whole.get().op()).function(),
                  whole.get().name()));
    }
  }

  /** Returns whether an operator loses too much in 16 bits, or makes indices of its input. */
  private static boolean staysFloat(Op op) {
    return op instanceof Softmax
        || op instanceof LogSoftmax
        || op instanceof ArgMax
        || op instanceof Opaque
        || (op instanceof Cast cast && !cast.dtype().isFloat());
  }

  private String as(String value, DType dtype) {
    if (rewriter.has(value, dtype)) {
      return rewriter.name(value, dtype);
    }
    DType other = dtype == half ? DType.FLOAT32 : half;
    return types.get(value).dtype().isFloat()
        ? rewriter.convert(value, other, dtype, new Cast(dtype))
        : rewriter.name(value, other);
  }

  private Op converted(Op op) {
    return op instanceof Opaque ? op : op.withStored(this::half);
  }

  private Tensor half(Tensor tensor) {
    return tensor.dtype().isFloat()
        ? converted.computeIfAbsent(tensor, whole -> whole.to(half))
        : tensor;
  }
}
