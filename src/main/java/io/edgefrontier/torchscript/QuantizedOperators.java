package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Convolution;
import io.edgefrontier.torchscript.Value.Packed;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.QuantizedWeight;
import io.edgefrontier.torchscript.Value.Zeros;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The quantized operators that a graph can hold, and the packing of their weights. */
final class QuantizedOperators {
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  private QuantizedOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put(
        "torch.quantize_per_tensor",
        new Operator("input scale zero_point dtype", QuantizedOperators::quantize));
    table.put(
        "torch.dequantize",
        new Operator(
            "input",
            (a, g) -> g.add("dequantize", new Conversion.Dequantize(), a.tensor("input"))));
    for (boolean relu : new boolean[] {false, true}) {
      String suffix = relu ? "_relu" : "";
      table.put(
          "ops.quantized.conv2d" + suffix,
          new Operator("input packed scale zero_point", (a, g) -> conv(a, g, relu)));
      table.put(
          "ops.quantized.linear" + suffix,
          new Operator("input packed scale zero_point", (a, g) -> linear(a, g, relu)));
      table.put(
          "ops.quantized.add" + suffix,
          new Operator(
              "input other scale zero_point",
              (a, g) -> binary(a, g, "add", new Quantized.QuantizedAdd(relu, a.mapping()))));
      table.put(
          "ops.quantized.mul" + suffix,
          new Operator(
              "input other scale zero_point",
              (a, g) -> binary(a, g, "mul", new Quantized.QuantizedMul(relu, a.mapping()))));
    }
    table.put(
        "ops.quantized.cat",
        new Operator(
            "inputs dim scale zero_point",
            (a, g) ->
                g.add(
                    "cat",
                    new Quantized.QuantizedConcat(a.integer("dim"), a.mapping()),
                    a.tensors("inputs"))));
    registerPacking(table);
  }

  private static void registerPacking(Map<String, Operator> table) {
    table.put("torch.zeros_like", new Operator("input dtype?", (a, g) -> Zeros.LIKE));
    table.put(
        "torch._make_per_channel_quantized_tensor",
        new Operator("weight scales zero_points axis", QuantizedOperators::weight));
    table.put(
        "ops.quantized.conv2d_prepack",
        new Operator("weight bias stride padding dilation groups", QuantizedOperators::packConv));
    table.put(
        "ops.quantized.linear_prepack",
        new Operator("weight bias?", (a, g) -> pack(a, Optional.empty())));
  }

  private static Value quantize(Arguments a, GraphBuilder graph) throws IOException {
    if (a.integer("dtype") != ElementTypes.code(DType.QUINT8)) {
      throw a.wrong("dtype", "13 (quint8)");
    }
    return graph.add("quantize", new Conversion.Quantize(a.mapping()), a.tensor("input"));
  }

  private static Value weight(Arguments a, GraphBuilder graph) {
    if (a.value("zero_points") != Zeros.LIKE || a.integer("axis") != 0) {
      throw new IllegalArgumentException(
          "only weights that are symmetric and scaled along axis 0 are supported");
    }
    return new QuantizedWeight(a.value("weight"), a.value("scales"));
  }

  private static Value packConv(Arguments a, GraphBuilder graph) {
    return pack(
        a,
        Optional.of(
            new Convolution(
                a.pair("stride", ONE),
                a.pair("padding", ZERO),
                a.pair("dilation", ONE),
                a.integer("groups"))));
  }

  private static Value pack(Arguments a, Optional<Convolution> convolution) {
    if (a.value("weight") instanceof QuantizedWeight weight) {
      return new Packed(weight, a.value("bias"), convolution);
    }
    throw a.wrong("weight", "a quantized weight");
  }

  private static Packed packed(Arguments a) {
    Value value = a.value("packed");
    Value weights = value instanceof PackedAttribute attribute ? attribute.packed() : value;
    if (weights instanceof Packed packed) {
      return packed;
    }
    throw a.wrong("packed", "packed quantized weights");
  }

  private static Value conv(Arguments a, GraphBuilder graph, boolean relu) throws IOException {
    Packed packed = packed(a);
    Tensor weight = graph.tensor(packed.weight().weight());
    if (packed.convolution().isEmpty() || weight.shape().rank() != 4) {
      throw a.wrong("packed", "packed weights of a conv2d");
    }
    Convolution convolution = packed.convolution().orElseThrow();
    Op op =
        new Quantized.QuantizedConv2d(
            weight,
            graph.tensor(packed.weight().scales()),
            graph.optionalTensor(packed.bias()),
            convolution.window(weight.shape().dim(2), weight.shape().dim(3)),
            convolution.groups(),
            relu,
            a.mapping());
    return graph.add(GraphBuilder.layerName(a.value("packed"), "conv2d"), op, a.tensor("input"));
  }

  private static Value linear(Arguments a, GraphBuilder graph, boolean relu) throws IOException {
    Packed packed = packed(a);
    if (packed.convolution().isPresent()) {
      throw a.wrong("packed", "packed weights of a linear layer");
    }
    Op op =
        new Quantized.QuantizedLinear(
            graph.tensor(packed.weight().weight()),
            graph.tensor(packed.weight().scales()),
            graph.optionalTensor(packed.bias()),
            relu,
            a.mapping());
    return graph.add(GraphBuilder.layerName(a.value("packed"), "linear"), op, a.tensor("input"));
  }

  private static Value binary(Arguments a, GraphBuilder graph, String name, Op op)
      throws IOException {
    return graph.add(name, op, a.tensor("input"), a.tensor("other"));
  }
}
