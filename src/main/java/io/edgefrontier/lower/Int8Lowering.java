package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation.Clamp;
import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Arithmetic.Add;
import io.edgefrontier.graph.Arithmetic.Mul;
import io.edgefrontier.graph.Conversion.Dequantize;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling.AdaptiveAvgPool2d;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized.QuantizedAdd;
import io.edgefrontier.graph.Quantized.QuantizedConcat;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
import io.edgefrontier.graph.Quantized.QuantizedMul;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Expand;
import io.edgefrontier.graph.Reshaping.Pad;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Static int8: layers run on quint8 activations, {@code relu(conv(x)) -> quantizedConvRelu(x)}.
 *
 * <p>Sums, products and concatenations of quantized values are quantized too; operators that only
 * move, choose or average values keep the mapping of their input; all others work on the
 * dequantized value. The last linear layers, which make the outputs, stay float32: a quantized one
 * clips the logits. So does a mean that only float32 operators read: it is small beside the largest
 * value that the mapping of its input reaches to, and 8 bits of that leave it few.
 */
final class Int8Lowering {
  private final Graph graph;
  private final Function<String, QuantParams> ranges;
  private final Rewriter rewriter;
  private final Map<String, TensorType> types;
  private final Map<String, List<Node>> consumers;
  private final Set<String> done = new HashSet<>();
  private final Set<String> lastLinears;
  private final Map<String, Int8Decision> decisions = new LinkedHashMap<>();
  // Keeps tensors that nodes share shared.
  private final IdentityHashMap<Tensor, WeightQuantizer> weights = new IdentityHashMap<>();

  private Int8Lowering(Graph graph, Function<String, QuantParams> ranges) {
    this.graph = graph;
    this.ranges = ranges;
    this.rewriter = new Rewriter(graph);
    this.types = graph.types(1);
    this.consumers = graph.consumers();
    this.lastLinears = LastLinears.of(graph);
  }

  /**
   * @param ranges asked for the mapping of each value that is stored as quint8
   * @throws IllegalArgumentException if no layer can be quantized
   */
  static Graph lower(Graph folded, Function<String, QuantParams> ranges) {
    return new Int8Lowering(folded, ranges).lower();
  }

  /**
   * Returns what {@link #lower} does with a network; ranges decide nothing of it.
   *
   * @throws IllegalArgumentException if no layer can be quantized
   */
  static Int8Plan plan(Graph folded) {
    Int8Lowering lowering = new Int8Lowering(folded, value -> new QuantParams(1, 0));
    Graph lowered = lowering.lower();
    return new Int8Plan(lowered.storedBytes(), lowering.decisions);
  }

  private Graph lower() {
    for (Node node : graph.nodes()) {
      if (!done.contains(node.name())) {
        lower(node);
      }
    }
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          graph.name()
              + ": int8 needs a convolution, or a linear layer before the last, which stays"
              + " float32; found none");
    }
    return rewriter.finish(graph.outputs().stream().map(this::real).toList());
  }

  private void lower(Node node) {
    Op op = node.op();
    if (op instanceof Conv2d conv) {
      WeightQuantizer weight = quantized(conv.weight());
      addFused(
          node,
          (relu, out) ->
              new QuantizedConv2d(
                  weight.weight(),
                  weight.scales(),
                  conv.bias(),
                  conv.window(),
                  conv.groups(),
                  relu,
                  out));
    } else if (op instanceof Linear linear && !lastLinears.contains(node.name())) {
      WeightQuantizer weight = quantized(linear.weight());
      addFused(
          node,
          (relu, out) ->
              new QuantizedLinear(weight.weight(), weight.scales(), linear.bias(), relu, out));
    } else if (node.inputs().isEmpty()
        || !node.inputs().stream().allMatch(in -> rewriter.has(in, DType.QUINT8))) {
      addReal(node);
    } else if (op instanceof Add && haveEqualShapes(node)) {
      addFused(node, QuantizedAdd::new);
    } else if (op instanceof Mul) {
      addFused(node, QuantizedMul::new);
    } else if (op instanceof Concat concat) {
      addQuantized(
          node, new QuantizedConcat(concat.axis(), ranges.apply(node.name())), node.name());
    } else if (keepsMapping(op) && !isMeanForFloat(node)) {
      addQuantized(node, op, node.name());
    } else {
      addReal(node);
    }
  }

  private static boolean keepsMapping(Op op) {
    return op instanceof MaxPool2d
        || op instanceof AvgPool2d
        || op instanceof AdaptiveAvgPool2d
        || op instanceof Mean
        || op instanceof Relu
        || op instanceof Clamp
        || (op instanceof Reshaping
            && !(op instanceof Concat || op instanceof Pad || op instanceof Expand));
  }

  private boolean isMeanForFloat(Node node) {
    Shape result = types.get(node.name()).shape();
    boolean pooled = node.op() instanceof AvgPool2d || node.op() instanceof AdaptiveAvgPool2d;
    boolean mean =
        node.op() instanceof Mean || (pooled && result.dim(2) == 1 && result.dim(3) == 1);
    return mean && isReadInFloatOnly(node);
  }

  /** Returns whether a value would only be dequantized again, perhaps after it was reshaped. */
  private boolean isReadInFloatOnly(Node node) {
    return consumers.get(node.name()).stream()
        .allMatch(
            reader ->
                lastLinears.contains(reader.name())
                    || !hasInt8Form(reader.op())
                    || (reader.op() instanceof Reshaping
                        && keepsMapping(reader.op())
                        && isReadInFloatOnly(reader)));
  }

  private boolean haveEqualShapes(Node node) {
    return types.get(node.inputs().get(0)).equals(types.get(node.inputs().get(1)));
  }

  /**
   * Makes a quantized operator once it is known whether ReLU is fused, and the result's mapping.
   */
  private interface QuantizedOp {
    Op with(boolean relu, QuantParams out);
  }

  /** Adds an operator together with the activation that alone reads its result, if there is one. */
  private void addFused(Node node, QuantizedOp op) {
    Optional<Node> activation = fusable(node);
    String result = activation.orElse(node).name();
    boolean relu = activation.isPresent() && activation.get().op() instanceof Relu;
    QuantParams out = ranges.apply(result);
    addQuantized(node, op.with(relu, out), result);
    if (activation.isPresent()) {
      done.add(result);
      decisions.put(result, Int8Decision.with(node.name()));
    }
    if (activation.isPresent()
        && activation.get().op() instanceof Clamp clamp
        && !isSaturation(clamp, out)) {
      List<String> inputs = List.of(node.name());
      rewriter.add(new Node(result, clamp, inputs), result, DType.QUINT8);
    }
  }

  private Optional<Node> fusable(Node node) {
    List<Node> readers = consumers.get(node.name());
    return readers.size() == 1 && !graph.outputs().contains(node.name())
        ? readers.stream()
            .filter(reader -> reader.op() instanceof Relu || reader.op() instanceof Clamp)
            .findFirst()
        : Optional.empty();
  }

  /** Returns whether no quint8 value lies outside the clamp, so that saturation does its work. */
  private static boolean isSaturation(Clamp clamp, QuantParams out) {
    return Math.rint(clamp.low() / out.scale()) + out.zeroPoint() <= 0
        && Math.rint(clamp.high() / out.scale()) + out.zeroPoint() >= 255;
  }

  private void addQuantized(Node node, Op op, String result) {
    decisions.put(node.name(), Int8Decision.INT8);
    List<String> inputs = node.inputs().stream().map(this::quantized).toList();
    rewriter.add(new Node(node.name(), op, inputs), result, DType.QUINT8);
  }

  private void addReal(Node node) {
    decisions.put(node.name(), Int8Decision.real(whyReal(node)));
    List<String> inputs = node.inputs().stream().map(this::real).toList();
    rewriter.add(new Node(node.name(), node.op(), inputs), node.name(), DType.FLOAT32);
  }

  private String whyReal(Node node) {
    if (lastLinears.contains(node.name())) {
      return "last linear layer, whose outputs int8 would clip";
    } else if (!hasInt8Form(node.op())) {
      return "no int8 form of " + node.op().reportName();
    }
    if (isMeanForFloat(node)) {
      return "mean that only float32 operators read, of which int8 would leave few bits";
    }
    return node.inputs().stream()
        .filter(input -> !rewriter.has(input, DType.QUINT8))
        .findFirst()
        .map(input -> "an input is " + typeName(input))
        .orElse("the shapes of its inputs differ");
  }

  private static boolean hasInt8Form(Op op) {
    return op instanceof Conv2d
        || op instanceof Linear
        || op instanceof Add
        || op instanceof Mul
        || op instanceof Concat
        || keepsMapping(op);
  }

  private String typeName(String value) {
    return types.get(value).dtype().name().toLowerCase(Locale.ROOT);
  }

  private WeightQuantizer quantized(Tensor weight) {
    return weights.computeIfAbsent(weight, WeightQuantizer::new);
  }

  private String quantized(String value) {
    return rewriter.has(value, DType.QUINT8)
        ? rewriter.name(value, DType.QUINT8)
        : rewriter.convert(value, DType.FLOAT32, DType.QUINT8, new Quantize(ranges.apply(value)));
  }

  private String real(String value) {
    return rewriter.has(value, DType.FLOAT32)
        ? rewriter.name(value, DType.FLOAT32)
        : rewriter.convert(value, DType.QUINT8, DType.FLOAT32, new Dequantize());
  }
}
