package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.ClampPacked;
import io.edgefrontier.torchscript.Value.Convolution;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.Reordered;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels of XNNPACK and oneDNN that lowered networks call, read as the plain operators that
 * they stand for: {@code y = convAddRelu(x, y) -> relu(y + conv(x))}.
 */
final class KernelOperators {
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);
  private static final String WINDOW = "padding stride dilation groups";

  private KernelOperators() {}

  /** Adds what code asks of the CPU to {@code table}; a graph runs on any. */
  static void registerFacts(Map<String, ConcreteOperators.Body> table) {
    for (String type : List.of("bf16", "fp16")) {
      table.put(
          "ops.mkldnn._is_mkldnn_%s_supported".formatted(type),
          (a, n, w) -> a.isEmpty() ? Optional.of(new Bool(true)) : Optional.empty());
    }
  }

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch._add_relu", new Operator("input other alpha?", KernelOperators::addRelu));
    registerXnnpack(table);
    registerOneDnn(table);
  }

  private static void registerXnnpack(Map<String, Operator> table) {
    table.put(
        "ops.prepacked.conv2d_clamp_prepack",
        new Operator(
            "weight bias stride padding dilation groups low? high?",
            (a, g) -> clampPacked(a, Optional.of(convolution(a)))));
    table.put(
        "ops.prepacked.linear_clamp_prepack",
        new Operator("weight bias low? high?", (a, g) -> clampPacked(a, Optional.empty())));
    table.put(
        "ops.prepacked.conv2d_clamp_run",
        new Operator("input packed", (a, g) -> clampRun(a, g, true)));
    table.put(
        "ops.prepacked.linear_clamp_run",
        new Operator("input packed", (a, g) -> clampRun(a, g, false)));
  }

  private static void registerOneDnn(Map<String, Operator> table) {
    table.put(
        "ops.mkldnn._reorder_convolution_weight",
        new Operator("weight " + WINDOW + " input_size?", KernelOperators::reordered));
    table.put(
        "ops.mkldnn._reorder_linear_weight",
        new Operator("weight batch_size?", KernelOperators::reordered));
    table.put(
        "ops.mkldnn._convolution_pointwise",
        new Operator(
            "input weight bias " + WINDOW + " attr scalars algorithm",
            KernelOperators::convolutionPointwise));
    table.put(
        "ops.mkldnn._convolution_pointwise_",
        new Operator(
            "other input weight bias " + WINDOW + " binary alpha attr scalars algorithm",
            KernelOperators::convolutionSum));
    table.put(
        "ops.mkldnn._linear_pointwise",
        new Operator("input weight bias attr scalars algorithm", KernelOperators::linearPointwise));
  }

  private static Value addRelu(Arguments a, GraphBuilder graph) throws IOException {
    if (a.real("alpha", 1) != 1) {
      throw a.wrong("alpha", "1");
    }
    Symbol sum = graph.add("add", new Arithmetic.Add(), a.tensor("input"), a.tensor("other"));
    return graph.add("add_relu", new Activation.Relu(), sum);
  }

  private static Convolution convolution(Arguments a) {
    return new Convolution(
        a.pair("stride", ONE),
        a.pair("padding", ZERO),
        a.pair("dilation", ONE),
        a.integer("groups"));
  }

  private static Value clampPacked(Arguments a, Optional<Convolution> convolution) {
    Optional<Activation> then = FusedActivation.ofBounds(a, "low", "high");
    return new ClampPacked(a.value("weight"), a.value("bias"), convolution, then);
  }

  private static Value clampRun(Arguments a, GraphBuilder graph, boolean convolution)
      throws IOException {
    if (!(unwrapped(a.value("packed")) instanceof ClampPacked packed)
        || packed.convolution().isPresent() != convolution) {
      String layer = convolution ? "conv2d" : "linear";
      throw a.wrong("packed", "what %s_clamp_prepack returned".formatted(layer));
    }
    Op op =
        convolution
            ? conv(graph, packed.weight(), packed.bias(), packed.convolution().get())
            : linear(graph, packed.weight(), packed.bias());
    String name = GraphBuilder.layerName(a.value("packed"), convolution ? "conv2d" : "linear");
    return activated(graph, graph.add(name, op, a.tensor("input")), packed.then());
  }

  private static Value reordered(Arguments a, GraphBuilder graph) {
    return new Reordered(a.value("weight"));
  }

  private static Value convolutionPointwise(Arguments a, GraphBuilder graph) throws IOException {
    return activated(graph, oneDnnConv(a, graph), FusedActivation.ofPostOp(a, "attr", "scalars"));
  }

  /** Adds to its first argument, in place. */
  private static Value convolutionSum(Arguments a, GraphBuilder graph) throws IOException {
    if (!(a.value("binary") instanceof Text kind && kind.value().equals("add"))) {
      throw a.wrong("binary", "\"add\"");
    } else if (!a.isNone("alpha") && a.real("alpha") != 1) {
      throw a.wrong("alpha", "None or 1");
    } else if (!(a.value("other") instanceof Symbol)) {
      throw new RefusedException(
          a.wrong("other", "a computed tensor, as it is changed in place").getMessage());
    }
    Symbol other = a.tensor("other");
    Symbol conv = oneDnnConv(a, graph);
    Symbol sum = graph.add(conv.node() + "_add", new Arithmetic.Add(), other, conv);
    if (!sum.type().equals(other.type())) {
      throw new IllegalArgumentException(
          "the result %s does not fit in place of %s".formatted(sum.type(), other.type()));
    }
    Optional<Activation> then = FusedActivation.ofPostOp(a, "attr", "scalars");
    Symbol result = then.isPresent() ? graph.add(conv.node() + "_relu", then.get(), sum) : sum;
    other.overwrite(result.node(), result.type());
    return other;
  }

  private static Symbol oneDnnConv(Arguments a, GraphBuilder graph) throws IOException {
    Op op = conv(graph, oneDnnWeight(a), a.value("bias"), convolution(a));
    String name = GraphBuilder.layerName(a.value("weight"), "conv2d");
    return graph.add(name, op, a.tensor("input"));
  }

  private static Value linearPointwise(Arguments a, GraphBuilder graph) throws IOException {
    Op op = linear(graph, oneDnnWeight(a), a.value("bias"));
    String name = GraphBuilder.layerName(a.value("weight"), "linear");
    return activated(
        graph,
        graph.add(name, op, a.tensor("input")),
        FusedActivation.ofPostOp(a, "attr", "scalars"));
  }

  /** Returns a weight that was reordered; the kernels take one that was not as well. */
  private static Value oneDnnWeight(Arguments a) {
    Value value = unwrapped(a.value("weight"));
    return value instanceof Reordered reordered ? reordered.weight() : value;
  }

  private static Value unwrapped(Value value) {
    return value instanceof PackedAttribute attribute ? attribute.packed() : value;
  }

  private static Op conv(GraphBuilder graph, Value weight, Value bias, Convolution convolution)
      throws IOException {
    Tensor kernel = graph.tensor(weight);
    if (kernel.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "a weight of shape %s, expected 4 dimensions".formatted(kernel.shape()));
    }
    return new Layer.Conv2d(
        kernel,
        graph.optionalTensor(bias),
        convolution.window(kernel.shape().dim(2), kernel.shape().dim(3)),
        convolution.groups());
  }

  private static Op linear(GraphBuilder graph, Value weight, Value bias) throws IOException {
    return new Layer.Linear(graph.tensor(weight), graph.optionalTensor(bias));
  }

  private static Symbol activated(GraphBuilder graph, Symbol layer, Optional<Activation> then) {
    return then.isPresent()
        ? graph.add(layer.node() + "_" + FusedActivation.name(then.get()), then.get(), layer)
        : layer;
  }
}
