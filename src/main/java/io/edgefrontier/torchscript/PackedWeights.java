package io.edgefrontier.torchscript;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.graph.Prepacked.Library;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an operator keeps as an attribute in place of its weights: an object or a tensor that a
 * kernel library makes of them when the archive is loaded.
 *
 * @param op an operator for which {@link #has} holds
 */
record PackedWeights(Op op) {
  private static final String CLASSES = "__torch__.torch.classes.";

  /** Returns whether an operator packs its weights. */
  static boolean has(Op op) {
    return op instanceof Prepacked || (op instanceof Quantized && !op.stored().isEmpty());
  }

  /** Returns whether the packed form gives the weights back. */
  boolean unpacks() {
    return op instanceof Quantized;
  }

  /** Returns the tensors that only the packed form holds after loading. */
  List<StoredTensor> tensors() {
    return isOneDnn()
        ? op.stored().stream().filter(stored -> stored.role().equals("weight")).toList()
        : op.stored();
  }

  private boolean isOneDnn() {
    return op instanceof Prepacked prepacked && prepacked.library() == Library.ONEDNN;
  }

  private String kind() {
    Object layer = op instanceof Prepacked prepacked ? prepacked.layer() : op;
    return layer instanceof Layer.Conv2d || layer instanceof QuantizedConv2d ? "Conv2d" : "Linear";
  }

  /** Returns the attribute's type. */
  String type() {
    if (op instanceof Quantized) {
      return CLASSES + "quantized." + kind() + "PackedParamsBase";
    }
    return isOneDnn() ? "Tensor" : CLASSES + "xnnpack." + kind() + "OpContext";
  }

  /** Returns the operator that unpacks weight and bias. */
  String unpack() {
    return "ops.quantized." + kind().toLowerCase(Locale.ROOT) + "_unpack";
  }

  /**
   * Returns the expression that packs.
   *
   * @param input type of the operator's first input for a batch of 1
   * @param stored expression of a stored tensor
   */
  String pack(TensorType input, Function<Tensor, String> stored) {
    if (op instanceof QuantizedConv2d conv) {
      return "ops.quantized.conv2d_prepack(%s, %s, %s)"
          .formatted(
              perChannel(stored.apply(conv.weight()), stored.apply(conv.scales())),
              conv.bias().map(stored).orElse("None"),
              OpText.convolution(conv.window(), conv.groups()));
    } else if (op instanceof QuantizedLinear linear) {
      return "ops.quantized.linear_prepack(%s, %s)"
          .formatted(
              perChannel(stored.apply(linear.weight()), stored.apply(linear.scales())),
              linear.bias().map(stored).orElse("None"));
    } else if (op instanceof Prepacked.PrepackedConv2d conv) {
      return conv.library() == Library.XNNPACK
          ? xnnpackConv(conv, stored)
          : oneDnnConv(conv, input, stored);
    } else if (op instanceof Prepacked.PrepackedLinear linear) {
      return linear(linear, stored);
    }
    throw new IllegalArgumentException("no packed form of " + op);
  }

  private static String xnnpackConv(
      Prepacked.PrepackedConv2d conv, Function<Tensor, String> stored) {
    Layer.Conv2d layer = conv.layer();
    return "ops.prepacked.conv2d_clamp_prepack(%s, %s, %s, %s)"
        .formatted(
            stored.apply(layer.weight()),
            layer.bias().map(stored).orElse("None"),
            OpText.convolution(layer.window(), layer.groups()),
            FusedActivation.bounds(conv.then()));
  }

  private static String oneDnnConv(
      Prepacked.PrepackedConv2d conv, TensorType input, Function<Tensor, String> stored) {
    Layer.Conv2d layer = conv.layer();
    return "ops.mkldnn._reorder_convolution_weight(torch.contiguous(%s, memory_format=2), %s, %s)"
        .formatted(
            stored.apply(layer.weight()),
            OpText.paddedConvolution(layer.window(), layer.groups()),
            input.shape().with(0, conv.batch()).dims());
  }

  private static String linear(Prepacked.PrepackedLinear linear, Function<Tensor, String> stored) {
    Layer.Linear layer = linear.layer();
    String weight = stored.apply(layer.weight());
    return linear.library() == Library.XNNPACK
        ? "ops.prepacked.linear_clamp_prepack(%s, %s, %s)"
            .formatted(
                weight,
                layer.bias().map(stored).orElse("None"),
                FusedActivation.bounds(linear.then()))
        : "ops.mkldnn._reorder_linear_weight(%s, %d)".formatted(weight, linear.batch());
  }

  private static String perChannel(String weight, String scales) {
    return "torch._make_per_channel_quantized_tensor(%s, %s, torch.zeros_like(%s, dtype=3), 0)"
        .formatted(weight, scales, scales);
  }

  /**
   * Returns statements that stop the loading of an archive where the CPU lacks the instructions
   * that the packed weights of {@code ops} need, each ended by a line break.
   */
  static String requireInstructions(List<Op> ops) {
    return ops.stream()
        .filter(op -> op instanceof Prepacked prepacked && prepacked.library() == Library.ONEDNN)
        .map(op -> op.stored().get(0).tensor().dtype())
        .distinct()
        .filter(dtype -> dtype != DType.FLOAT32)
        .map(PackedWeights::requireInstructions)
        .collect(Collectors.joining());
  }

  private static String requireInstructions(DType half) {
    String name = half == DType.BFLOAT16 ? "bf16" : "fp16";
    return """
            if ops.mkldnn._is_mkldnn_%s_supported():
              pass
            else:
              ops.prim.RaiseException("this archive has %s kernels that need CPU instructions which are not there; make it again on this machine, or with --lowering plain")
        """
        .formatted(name, name);
  }
}
