package io.edgefrontier.lower;

import io.edgefrontier.graph.Arithmetic.AddRelu;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Conversion.ChannelsLast;
import io.edgefrontier.graph.Conversion.Contiguous;
import io.edgefrontier.graph.Conversion.Dequantize;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.variant.Precision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a float32 network the precision of a variant. Batch norms are folded first; input and
 * outputs stay float32.
 */
public final class PrecisionLowering {
  private PrecisionLowering() {}

  /**
   * Returns {@code graph} in {@code precision}.
   *
   * @param activations for int8: the mapping of each of {@link #observedValues}; else not read
   * @throws IllegalArgumentException if the network is lowered already, if int8 finds no layer to
   *     quantize, or if the mapping of a value is missing; the message names it
   */
  public static Graph lower(
      Graph graph, Precision precision, Map<String, QuantParams> activations) {
    return converted(folded(graph), precision, activations);
  }

  /**
   * Returns {@code graph} in {@code precision} with the operators that it was trained with: batch
   * norms stay, but in int8, which has none.
   *
   * @param activations as for {@link #lower}
   * @throws IllegalArgumentException as {@link #lower}
   */
  public static Graph plain(
      Graph graph, Precision precision, Map<String, QuantParams> activations) {
    requireFloat(graph);
    return precision == Precision.INT8
        ? lower(graph, precision, activations)
        : converted(DropoutRemover.remove(graph), precision, activations);
  }

  private static Graph converted(
      Graph graph, Precision precision, Map<String, QuantParams> activations) {
    return switch (precision) {
      case FP32 -> graph;
      case BF16 -> HalfLowering.lower(graph, DType.BFLOAT16);
      case FP16 -> HalfLowering.lower(graph, DType.FLOAT16);
      case INT8 -> Int8Lowering.lower(graph, value -> required(graph, activations, value));
    };
  }

  /**
   * Returns the values of {@code BatchNormFolder.fold(graph)} whose mapping int8 needs, in the
   * order in which they are made; {@link Graph#INPUT} is among them where the input is quantized.
   * Of a value that only a ReLU or clamp reads, only that one's result.
   *
   * @throws IllegalArgumentException if the network is lowered already or has no layer to quantize
   */
  public static List<String> observedValues(Graph graph) {
    Graph folded = folded(graph);
    Set<String> asked = new LinkedHashSet<>();
    Int8Lowering.lower(
        folded,
        value -> {
          asked.add(value);
          return new QuantParams(1, 0); // which values are asked for does not depend on it
        });
    return folded.types(1).keySet().stream().filter(asked::contains).toList();
  }

  /** Returns the network with its batch norms folded, after checking that it is a float one. */
  static Graph folded(Graph graph) {
    requireFloat(graph);
    return BatchNormFolder.fold(graph);
  }

  private static void requireFloat(Graph graph) {
    for (Node node : graph.nodes()) {
      if (isLowered(node.op())) {
        throw new IllegalArgumentException(
            "%s: %s at '%s' shows that its precision was lowered already; give the float32 network"
                .formatted(graph.name(), node.op().getClass().getSimpleName(), node.name()));
      }
    }
  }

  /**
   * Returns whether only a lowered network has the operator; casts from integers others have too.
   */
  private static boolean isLowered(Op op) {
    return op instanceof Quantized
        || op instanceof Prepacked
        || op instanceof AddRelu
        || op instanceof ChannelsLast
        || op instanceof Contiguous
        || op instanceof Quantize
        || op instanceof Dequantize
        || (op instanceof Cast cast
            && (cast.dtype() == DType.BFLOAT16 || cast.dtype() == DType.FLOAT16));
  }

  private static QuantParams required(
      Graph graph, Map<String, QuantParams> activations, String value) {
    QuantParams params = activations.get(value);
    if (params == null) {
      throw new IllegalArgumentException(
          "%s: no activation range for '%s'; calibration must observe it"
              .formatted(graph.name(), value));
    }
    return params;
  }
}
