package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Normalization;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.graph.Prepacked.Library;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints one operator as an expression.
 *
 * @param in identifiers of the inputs
 * @param inType type of the first input
 * @param attribute expression of a stored tensor
 * @param packed expression of the operator's packed weights, if it has some
 */
record OpText(
    List<String> in, TensorType inType, Function<Tensor, String> attribute, String packed) {

  String of(Op op) {
    if (op instanceof Layer layer) {
      return layer(layer);
    } else if (op instanceof Activation activation) {
      return activation(activation);
    } else if (op instanceof Pooling pooling) {
      return pooling(pooling);
    } else if (op instanceof Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    } else if (op instanceof Attention attention) {
      return attention(attention);
    } else if (op instanceof Constant constant) {
      return attribute.apply(constant.tensor());
    } else if (op instanceof Reshaping reshaping) {
      return reshaping(reshaping);
    } else if (op instanceof Conversion conversion) {
      return conversion(conversion);
    } else if (op instanceof Quantized quantized) {
      return quantized(quantized);
    } else if (op instanceof Prepacked prepacked) {
      return prepacked(prepacked);
    }
    if (op instanceof Opaque.Call call) {
      return CallText.fill(
          call.text(), in::get, i -> attribute.apply(call.tensors().get(i).tensor()));
    }
    throw new IllegalArgumentException("no TorchScript expression for " + op);
  }

  private String layer(Layer layer) {
    if (layer instanceof Layer.Conv2d conv) {
      return call(
          "torch.conv2d",
          attribute.apply(conv.weight()),
          optional(conv.bias()),
          convolution(conv.window(), conv.groups()));
    } else if (layer instanceof Layer.Linear linear) {
      return call("torch.linear", attribute.apply(linear.weight()), optional(linear.bias()));
    } else if (layer instanceof Layer.BatchNorm norm) {
      return call(
          "torch.batch_norm",
          attribute.apply(norm.weight()),
          attribute.apply(norm.bias()),
          attribute.apply(norm.mean()),
          attribute.apply(norm.variance()),
          "False, 0.1", // not training, so the momentum has no effect
          number(norm.epsilon()),
          "True");
    }
    return otherLayer(layer);
  }

  private String otherLayer(Layer layer) {
    if (layer instanceof Layer.ConvTranspose2d conv) {
      Window window = conv.window();
      return call(
          "torch.conv_transpose2d",
          attribute.apply(conv.weight()),
          optional(conv.bias()),
          pair(window.stride()),
          pair(window.padding()),
          pair(conv.outputPadding()),
          String.valueOf(conv.groups()),
          pair(window.dilation()));
    } else if (layer instanceof Layer.Prelu prelu) {
      return call("torch.prelu", attribute.apply(prelu.weight()));
    } else if (layer instanceof Layer.Embedding embedding) {
      return "torch.embedding(%s, %s)".formatted(attribute.apply(embedding.weight()), in.get(0));
    } else if (layer instanceof Normalization.LayerNorm norm) {
      return normalization(
          "torch.layer_norm",
          norm.shape().dims().toString(),
          norm.weight(),
          norm.bias(),
          norm.epsilon());
    } else if (layer instanceof Normalization.GroupNorm norm) {
      return normalization(
          "torch.group_norm",
          String.valueOf(norm.groups()),
          norm.weight(),
          norm.bias(),
          norm.epsilon());
    }
    throw new IllegalArgumentException("no TorchScript expression for " + layer);
  }

  private String normalization(
      String function, String over, Optional<Tensor> weight, Optional<Tensor> bias, double eps) {
    return call(function, over, optional(weight), optional(bias), number(eps));
  }

  private String activation(Activation activation) {
    if (activation instanceof Activation.Relu) {
      return call("torch.relu");
    } else if (activation instanceof Activation.Clamp clamp) {
      return call("torch.hardtanh", number(clamp.low()), number(clamp.high()));
    } else if (activation instanceof Activation.Pointwise pointwise) {
      return call("torch." + pointwise.function().torchName());
    } else if (activation instanceof Activation.LeakyRelu leaky) {
      return call("torch.leaky_relu", number(leaky.slope()));
    } else if (activation instanceof Activation.Softmax softmax) {
      return call("torch.softmax", String.valueOf(softmax.axis()), "None");
    } else if (activation instanceof Activation.LogSoftmax softmax) {
      return call("torch.log_softmax", String.valueOf(softmax.axis()), "None");
    } else if (activation instanceof Activation.Elu elu) {
      return call("torch.elu", number(elu.alpha()), number(elu.scale()), number(elu.inputScale()));
    } else if (activation instanceof Activation.Dropout) {
      return call("torch.dropout", "0.5, False");
    }
    throw new IllegalArgumentException("no TorchScript expression for " + activation);
  }

  private String pooling(Pooling pooling) {
    if (pooling instanceof Pooling.MaxPool2d max) {
      Window window = max.window();
      return call(
          "torch.max_pool2d",
          pair(window.kernel()),
          pair(window.stride()),
          pair(window.padding()),
          pair(window.dilation()),
          bool(max.ceil()));
    } else if (pooling instanceof Pooling.AvgPool2d avg) {
      Window window = avg.window();
      return call(
          "torch.avg_pool2d",
          pair(window.kernel()),
          pair(window.stride()),
          pair(window.padding()),
          bool(avg.ceil()),
          bool(avg.countPadding()),
          "None");
    } else if (pooling instanceof Pooling.AdaptiveAvgPool2d adaptive) {
      return call("torch.adaptive_avg_pool2d", pair(adaptive.out()));
    } else if (pooling instanceof Pooling.Mean mean) {
      return call("torch.mean", mean.axes().toString(), bool(mean.keepDims()));
    } else if (pooling instanceof Pooling.Reduce reduce) {
      return call(
          "torch." + reduce.kind().torchName(), reduce.axes().toString(), bool(reduce.keepDims()));
    } else if (pooling instanceof Pooling.ArgMax max) {
      return call("torch.argmax", String.valueOf(max.axis()), bool(max.keepDims()));
    } else if (pooling instanceof Pooling.Resize resize) {
      return resize.mode() == Pooling.Resize.Mode.NEAREST
          ? call("torch.upsample_nearest2d", pair(resize.out()))
          : call("torch.upsample_bilinear2d", pair(resize.out()), bool(resize.alignCorners()));
    }
    throw new IllegalArgumentException("no TorchScript expression for " + pooling);
  }

  private String arithmetic(Arithmetic arithmetic) {
    if (arithmetic instanceof Arithmetic.Add) {
      return call("torch.add", in.get(1));
    } else if (arithmetic instanceof Arithmetic.AddRelu) {
      return call("torch._add_relu", in.get(1));
    } else if (arithmetic instanceof Arithmetic.Sub) {
      return call("torch.sub", in.get(1));
    } else if (arithmetic instanceof Arithmetic.Mul) {
      return call("torch.mul", in.get(1));
    } else if (arithmetic instanceof Arithmetic.Div) {
      return call("torch.div", in.get(1));
    } else if (arithmetic instanceof Arithmetic.Maximum) {
      return call("torch.maximum", in.get(1));
    } else if (arithmetic instanceof Arithmetic.Minimum) {
      return call("torch.minimum", in.get(1));
    } else if (arithmetic instanceof Arithmetic.MatMul) {
      return call("torch.matmul", in.get(1));
    } else if (arithmetic instanceof Arithmetic.WithScalar scalar) {
      String function =
          switch (scalar.kind()) {
            case ADD -> "torch.add";
            case SUBTRACT_FROM -> "torch.rsub";
            case MULTIPLY -> "torch.mul";
            case DIVIDE -> "torch.div";
          };
      return call(function, number(scalar.value()));
    }
    throw new IllegalArgumentException("no TorchScript expression for " + arithmetic);
  }

  private String attention(Attention attention) {
    return "torch.scaled_dot_product_attention(%s, %s, %s, %s, 0.0, %s, scale=%s)"
        .formatted(
            in.get(0),
            in.get(1),
            in.get(2),
            in.size() > 3 ? in.get(3) : "None",
            bool(attention.causal()),
            attention.scale().map(OpText::number).orElse("None"));
  }

  private String reshaping(Reshaping reshaping) {
    if (reshaping instanceof Reshaping.Flatten flatten) {
      return call("torch.flatten", flatten.startAxis() + ", " + flatten.endAxis());
    } else if (reshaping instanceof Reshaping.Reshape reshape) {
      return call("torch.reshape", reshape.dims().toString());
    } else if (reshaping instanceof Reshaping.Permute permute) {
      return call("torch.permute", permute.axes().toString());
    } else if (reshaping instanceof Reshaping.Slice slice) {
      return call(
          "torch.slice",
          "%d, %d, %d, %d".formatted(slice.axis(), slice.start(), slice.end(), slice.step()));
    } else if (reshaping instanceof Reshaping.Unsqueeze unsqueeze) {
      return call("torch.unsqueeze", String.valueOf(unsqueeze.axis()));
    } else if (reshaping instanceof Reshaping.Squeeze squeeze) {
      return call("torch.squeeze", String.valueOf(squeeze.axis()));
    } else if (reshaping instanceof Reshaping.Select select) {
      return call("torch.select", select.axis() + ", " + select.index());
    } else if (reshaping instanceof Reshaping.Expand expand) {
      return call("torch.expand", sizes(expand));
    } else if (reshaping instanceof Reshaping.Concat concat) {
      return "torch.cat(" + in + ", " + concat.axis() + ")";
    } else if (reshaping instanceof Reshaping.Pad pad) {
      return call(
          "torch.constant_pad_nd",
          List.of(pad.left(), pad.right(), pad.top(), pad.bottom()).toString(),
          number(pad.value()));
    }
    throw new IllegalArgumentException("no TorchScript expression for " + reshaping);
  }

  private String sizes(Reshaping.Expand expand) {
    return expand.dims().stream()
        .map(
            size ->
                size == Reshaping.Expand.BATCH
                    ? "torch.size(" + in.get(1) + ", 0)"
                    : String.valueOf(size))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String conversion(Conversion conversion) {
    if (conversion instanceof Conversion.Cast cast) {
      return call("torch.to", ElementTypes.code(cast.dtype()) + ", False, False, None");
    } else if (conversion instanceof Conversion.Quantize quantize) {
      return "torch.quantize_per_tensor(%s, %s, %d)"
          .formatted(in.get(0), mapping(quantize.params()), ElementTypes.code(DType.QUINT8));
    } else if (conversion instanceof Conversion.Dequantize) {
      return call("torch.dequantize");
    } else if (conversion instanceof Conversion.ChannelsLast) {
      return channelsLast();
    } else if (conversion instanceof Conversion.Contiguous) {
      return call("torch.contiguous");
    }
    throw new IllegalArgumentException("no TorchScript expression for " + conversion);
  }

  /**
   * Returns the input as channels-last images.
   *
   * <p>Images of one channel have their elements in the same order either way, so that {@code
   * contiguous} leaves them and kernels convert them; only the strides tell otherwise. XNNPACK
   * reads beyond images of another size; of the checks, {@code expand} costs least.
   */
  private String channelsLast() {
    Shape shape = inType.shape();
    String size = "[-1, %d, %d, %d]".formatted(shape.dim(1), shape.dim(2), shape.dim(3));
    String checked = call("torch.expand", size);
    return shape.dim(1) == 1
        ? "torch.permute(torch.reshape(%s, [-1, %d, %d, 1]), [0, 3, 1, 2])"
            .formatted(checked, shape.dim(2), shape.dim(3))
        : "torch.contiguous(%s, memory_format=2)".formatted(checked);
  }

  private String prepacked(Prepacked prepacked) {
    if (prepacked instanceof Prepacked.PrepackedConv2d conv) {
      return prepacked.library() == Library.XNNPACK
          ? call("ops.prepacked.conv2d_clamp_run", packed)
          : oneDnnConvolution(conv);
    } else if (prepacked.library() == Library.XNNPACK) {
      return call("ops.prepacked.linear_clamp_run", packed);
    }
    return call(
        "ops.mkldnn._linear_pointwise",
        packed,
        optional(((Layer.Linear) prepacked.layer()).bias()),
        FusedActivation.postOp(prepacked.then()));
  }

  private String oneDnnConvolution(Prepacked.PrepackedConv2d conv) {
    String weights =
        "%s, %s, %s"
            .formatted(
                packed,
                optional(conv.layer().bias()),
                paddedConvolution(conv.layer().window(), conv.layer().groups()));
    return conv.sum()
        ? "ops.mkldnn._convolution_pointwise_(%s, %s, %s, \"add\", None, %s, annotate(List[Optional[number]], []), None)"
            .formatted(in.get(1), in.get(0), weights, conv.then().isPresent() ? "\"relu\"" : "None")
        : call("ops.mkldnn._convolution_pointwise", weights, FusedActivation.postOp(conv.then()));
  }

  private String quantized(Quantized quantized) {
    String mapping = mapping(quantized.out());
    if (quantized instanceof Quantized.QuantizedConv2d conv) {
      return call("ops.quantized.conv2d" + relu(conv.relu()), packed, mapping);
    } else if (quantized instanceof Quantized.QuantizedLinear linear) {
      return call("ops.quantized.linear" + relu(linear.relu()), packed, mapping);
    } else if (quantized instanceof Quantized.QuantizedAdd add) {
      return call("ops.quantized.add" + relu(add.relu()), in.get(1), mapping);
    } else if (quantized instanceof Quantized.QuantizedMul mul) {
      return call("ops.quantized.mul" + relu(mul.relu()), in.get(1), mapping);
    } else if (quantized instanceof Quantized.QuantizedConcat concat) {
      return "ops.quantized.cat(%s, %d, %s)".formatted(in, concat.axis(), mapping);
    }
    throw new IllegalArgumentException("no TorchScript expression for " + quantized);
  }

  /** Returns the arguments that follow the bias of a convolution. */
  static String convolution(Window window, int groups) {
    return String.join(
        ", ",
        pair(window.stride()),
        pair(window.padding()),
        pair(window.dilation()),
        String.valueOf(groups));
  }

  /** Returns the same arguments in the order of oneDNN's operators. */
  static String paddedConvolution(Window window, int groups) {
    return String.join(
        ", ",
        pair(window.padding()),
        pair(window.stride()),
        pair(window.dilation()),
        String.valueOf(groups));
  }

  private String call(String function, String... arguments) {
    String rest = arguments.length == 0 ? "" : ", " + String.join(", ", arguments);
    return function + "(" + in.get(0) + rest + ")";
  }

  private String optional(Optional<Tensor> tensor) {
    return tensor.map(attribute).orElse("None");
  }

  private static String relu(boolean relu) {
    return relu ? "_relu" : "";
  }

  private static String mapping(QuantParams params) {
    return number(params.scale()) + ", " + params.zeroPoint();
  }

  private static String pair(Size2d size) {
    return "[" + size.h() + ", " + size.w() + "]";
  }

  private static String bool(boolean value) {
    return value ? "True" : "False";
  }

  /** Returns a literal that reads back as exactly {@code value}. */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.isNaN(value) ? "nan" : Double.toString(value).toLowerCase(Locale.ROOT);
  }
}
