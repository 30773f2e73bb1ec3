package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A layer for which a kernel is chosen, with what follows it and could be fused in.
 *
 * @param layer a Conv2d or Linear
 * @param input type of its input for the batch that the choice is for
 * @param sum whether its result is only added to a value that is dead afterwards
 * @param then activation of the result or the sum, which nothing else reads
 */
public record LayerSite(Layer layer, TensorType input, boolean sum, Optional<Activation> then) {
  /** Returns the element type of weights and values. */
  public DType dtype() {
    return input.dtype();
  }

  /**
   * Returns everything that decides how long the layer takes, such as {@code conv2d float32
   * 1x16x32x32 weight 16x16x3x3 stride 1x1 padding 1x1 dilation 1x1 groups 1 bias sum relu}.
   */
  public String inWords() {
    StringBuilder words = new StringBuilder();
    words.append(layer instanceof Conv2d ? "conv2d " : "linear ");
    words.append(dtype().name().toLowerCase(Locale.ROOT)).append(' ').append(sizes(input.shape()));
    words.append(" weight ").append(sizes(layer.stored().get(0).tensor().shape()));
    if (layer instanceof Conv2d conv) {
      Window window = conv.window();
      words.append(" stride ").append(size(window.stride()));
      words.append(" padding ").append(size(window.padding()));
      words.append(" dilation ").append(size(window.dilation()));
      words.append(" groups ").append(conv.groups());
    }
    words.append(layer.stored().size() > 1 ? " bias" : "");
    words.append(sum ? " sum" : "");
    then.ifPresent(activation -> words.append(' ').append(name(activation)));
    return words.toString();
  }

  private static String name(Activation activation) {
    return activation instanceof Activation.Pointwise pointwise
        ? pointwise.function().torchName()
        : activation.reportName().toLowerCase(Locale.ROOT);
  }

  private static String sizes(Shape shape) {
    return shape.dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String size(Size2d size) {
    return size.h() + "x" + size.w();
  }

  /** Returns the multiply-accumulates of one call. */
  public long macs() {
    return layer.macs(List.of(input));
  }
}
