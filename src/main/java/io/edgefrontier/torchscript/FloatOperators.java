package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The floating-point operators that a graph can hold. */
final class FloatOperators {
  private static final String CONVOLUTION = "input weight bias stride padding dilation";
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  private FloatOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put(
        "torch.conv2d",
        new Operator(
            "input weight bias? stride? padding? dilation? groups?", FloatOperators::conv));
    table.put(
        "torch._convolution",
        new Operator(
            CONVOLUTION
                + " transposed output_padding groups benchmark? deterministic? cudnn? tf32?",
            FloatOperators::conv));
    table.put("torch.linear", new Operator("input weight bias?", FloatOperators::linear));
    table.put("torch.addmm", new Operator("bias input weight beta? alpha?", FloatOperators::addmm));
    table.put("torch.t", new Operator("input", FloatOperators::transposed));
    table.put(
        "torch.batch_norm",
        new Operator(
            "input weight bias mean variance training momentum eps cudnn", FloatOperators::norm));
    registerActivations(table);
    registerPooling(table);
    table.put("torch.add", new Operator("input other alpha?", FloatOperators::add));
    table.put("torch.mul", new Operator("input other", FloatOperators::mul));
    table.put(
        "torch.to", new Operator("input dtype non_blocking? copy? format?", FloatOperators::cast));
  }

  private static void registerActivations(Map<String, Operator> table) {
    table.put(
        "torch.relu",
        new Operator("input", (a, g) -> g.add("relu", new Activation.Relu(), a.tensor("input"))));
    table.put(
        "torch.relu6",
        new Operator(
            "input", (a, g) -> g.add("relu6", new Activation.Clamp(0, 6), a.tensor("input"))));
    table.put(
        "torch.hardtanh",
        new Operator(
            "input min_val? max_val?",
            (a, g) -> clamp(a, g, a.real("min_val", -1), a.real("max_val", 1))));
    table.put(
        "torch.clamp",
        new Operator(
            "input min? max?",
            (a, g) ->
                clamp(
                    a,
                    g,
                    a.real("min", Double.NEGATIVE_INFINITY),
                    a.real("max", Double.POSITIVE_INFINITY))));
    for (Activation.Function function : Activation.Function.values()) {
      if (function != Activation.Function.GELU) {
        String name = function.torchName();
        Op op = new Activation.Pointwise(function);
        table.put(
            "torch." + name, new Operator("input", (a, g) -> g.add(name, op, a.tensor("input"))));
      }
    }
    table.put("torch.gelu", new Operator("input approximate?", FloatOperators::gelu));
    table.put(
        "torch.leaky_relu",
        new Operator(
            "input negative_slope?",
            (a, g) ->
                g.add(
                    "leaky_relu",
                    new Activation.LeakyRelu(a.real("negative_slope", 0.01)),
                    a.tensor("input"))));
    table.put("torch.softmax", new Operator("input dim dtype?", FloatOperators::softmax));
    table.put("torch.dropout", new Operator("input p train", FloatOperators::dropout));
  }

  private static void registerPooling(Map<String, Operator> table) {
    table.put(
        "torch.max_pool2d",
        new Operator(
            "input kernel stride? padding? dilation? ceil?",
            (a, g) ->
                g.add(
                    "max_pool2d",
                    new Pooling.MaxPool2d(poolWindow(a), a.flag("ceil", false)),
                    a.tensor("input"))));
    table.put(
        "torch.avg_pool2d",
        new Operator(
            "input kernel stride? padding? ceil? count_include_pad? divisor?",
            FloatOperators::averagePool));
    table.put(
        "torch.adaptive_avg_pool2d",
        new Operator(
            "input size",
            (a, g) ->
                g.add(
                    "adaptive_avg_pool2d",
                    new Pooling.AdaptiveAvgPool2d(a.pair("size", ONE)),
                    a.tensor("input"))));
    table.put("torch.mean", new Operator("input dim keepdim? dtype?", FloatOperators::mean));
  }

  private static Value conv(Arguments a, GraphBuilder graph) throws IOException {
    if (a.flag("transposed", false)) {
      throw new IllegalArgumentException("transposed convolution is not supported");
    }
    Tensor weight = graph.tensor(a.value("weight"));
    if (weight.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "its weight is %s, expected 4 dimensions: only conv2d is supported".formatted(weight));
    }
    Window window =
        new Window(
            new Size2d(weight.shape().dim(2), weight.shape().dim(3)),
            a.pair("stride", ONE),
            a.pair("padding", ZERO),
            a.pair("dilation", ONE));
    Op op =
        new Layer.Conv2d(
            weight, graph.optionalTensor(a.value("bias")), window, a.integer("groups", 1));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "conv2d"), op, a.tensor("input"));
  }

  private static Value linear(Arguments a, GraphBuilder graph) throws IOException {
    Op op =
        new Layer.Linear(graph.tensor(a.value("weight")), graph.optionalTensor(a.value("bias")));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "linear"), op, a.tensor("input"));
  }

  /** {@code bias + input @ weight}, as PyTorch traced linear layers before it had linear. */
  private static Value addmm(Arguments a, GraphBuilder graph) throws IOException {
    if (a.real("beta", 1) != 1 || a.real("alpha", 1) != 1) {
      throw new IllegalArgumentException("only beta and alpha of 1 are supported");
    }
    Value weight = exchanged(a.value("weight"));
    Op op = new Layer.Linear(graph.tensor(weight), Optional.of(graph.tensor(a.value("bias"))));
    return graph.add(GraphBuilder.layerName(weight, "linear"), op, a.tensor("input"));
  }

  private static Value transposed(Arguments a, GraphBuilder graph) {
    return exchanged(a.value("input"));
  }

  /** Returns a stored matrix with its two dimensions exchanged. */
  private static Value exchanged(Value matrix) {
    Stored stored = GraphBuilder.stored(matrix);
    if (stored.sizes().size() != 2) {
      throw new IllegalArgumentException(
          "a tensor of sizes %s cannot be transposed, expected 2".formatted(stored.sizes()));
    }
    List<Integer> sizes = Arrays.asList(stored.sizes().toArray(Integer[]::new));
    List<Long> strides = Arrays.asList(stored.strides().toArray(Long[]::new));
    Collections.reverse(sizes);
    Collections.reverse(strides);
    Stored exchanged = new Stored(stored.storage(), stored.offset(), sizes, strides);
    return matrix instanceof Attribute attribute
        ? new Attribute(exchanged, attribute.owner(), attribute.name())
        : exchanged;
  }

  private static Value norm(Arguments a, GraphBuilder graph) throws IOException {
    if (a.flag("training", false)) {
      throw new IllegalArgumentException(
          "it is in training mode; call eval() on the module before the export");
    }
    Op op =
        new Layer.BatchNorm(
            orFilled(a, "weight", 1, graph),
            orFilled(a, "bias", 0, graph),
            graph.tensor(a.value("mean")),
            graph.tensor(a.value("variance")),
            a.real("eps"));
    Value named = a.isNone("weight") ? a.value("mean") : a.value("weight");
    return graph.add(GraphBuilder.layerName(named, "batch_norm"), op, a.tensor("input"));
  }

  /** Returns the tensor {@code name}, or if there is none one like the mean. */
  private static Tensor orFilled(Arguments a, String name, float ifAbsent, GraphBuilder graph)
      throws IOException {
    return a.isNone(name) ? graph.filled(a.value("mean"), ifAbsent) : graph.tensor(a.value(name));
  }

  private static Value clamp(Arguments a, GraphBuilder graph, double low, double high) {
    return graph.add("clamp", new Activation.Clamp(low, high), a.tensor("input"));
  }

  private static Value gelu(Arguments a, GraphBuilder graph) {
    if (!a.isNone("approximate")
        && !(a.value("approximate") instanceof Text text && text.value().equals("none"))) {
      throw a.wrong("approximate", "\"none\"");
    }
    Op op = new Activation.Pointwise(Activation.Function.GELU);
    return graph.add("gelu", op, a.tensor("input"));
  }

  private static Value softmax(Arguments a, GraphBuilder graph) {
    a.requireNone("dtype");
    Symbol input = a.tensor("input");
    return graph.add("softmax", new Activation.Softmax(a.sampleAxis("dim", input, -1)), input);
  }

  private static Value dropout(Arguments a, GraphBuilder graph) {
    if (a.flag("train", false)) {
      throw new IllegalArgumentException(
          "it is in training mode; call eval() on the module before the export");
    }
    return graph.add("dropout", new Activation.Dropout(), a.tensor("input"));
  }

  private static Window poolWindow(Arguments a) {
    Size2d kernel = a.pair("kernel", ONE);
    return new Window(
        kernel, a.pair("stride", kernel), a.pair("padding", ZERO), a.pair("dilation", ONE));
  }

  private static Value averagePool(Arguments a, GraphBuilder graph) {
    a.requireNone("divisor");
    boolean countPadding = a.flag("count_include_pad", true);
    Op op = new Pooling.AvgPool2d(poolWindow(a), a.flag("ceil", false), countPadding);
    return graph.add("avg_pool2d", op, a.tensor("input"));
  }

  private static Value mean(Arguments a, GraphBuilder graph) {
    a.requireNone("dtype");
    Symbol input = a.tensor("input");
    Op op = new Pooling.Mean(a.sampleAxes("dim", input), a.flag("keepdim", false));
    return graph.add("mean", op, input);
  }

  private static Value add(Arguments a, GraphBuilder graph) {
    if (a.real("alpha", 1) != 1) {
      throw a.wrong("alpha", "1");
    }
    return graph.add("add", new Arithmetic.Add(), a.tensor("input"), a.tensor("other"));
  }

  private static Value mul(Arguments a, GraphBuilder graph) {
    return graph.add("mul", new Arithmetic.Mul(), a.tensor("input"), a.tensor("other"));
  }

  private static Value cast(Arguments a, GraphBuilder graph) {
    DType dtype =
        ElementTypes.ofCode(a.integer("dtype"))
            .filter(DType::isFloat)
            .orElseThrow(() -> a.wrong("dtype", "5 (float16), 6 (float32) or 15 (bfloat16)"));
    Symbol input = a.tensor("input");
    if (dtype != input.type().one().dtype()) {
      return graph.add("to", new Conversion.Cast(dtype), input);
    }
    return a.flag("copy", false) || !a.isNone("format") ? input.copyOrSame() : input;
  }
}
