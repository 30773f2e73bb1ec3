package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import java.util.Optional;

/** How the kernel libraries are told which activation follows a layer. */
final class FusedActivation {
  private static final String NO_NUMBERS = "annotate(List[Optional[number]], [])";

  private FusedActivation() {}

  /**
   * Returns XNNPACK's two arguments: the bounds of the result.
   *
   * @throws IllegalArgumentException if the activation is no clamp
   */
  static String bounds(Optional<Activation> activation) {
    if (activation.isEmpty()) {
      return "None, None";
    } else if (activation.get() instanceof Activation.Relu) {
      return "0., None";
    } else if (activation.get() instanceof Activation.Clamp clamp) {
      return OpText.number(clamp.low()) + ", " + OpText.number(clamp.high());
    }
    throw new IllegalArgumentException("XNNPACK fuses no " + activation.get());
  }

  /**
   * Returns oneDNN's three arguments: the activation's name, its numbers and its algorithm.
   *
   * @throws IllegalArgumentException if oneDNN has no such activation
   */
  static String postOp(Optional<Activation> activation) {
    String name = activation.map(FusedActivation::name).orElse("none");
    return "\"%s\", %s, None"
        .formatted(name, activation.map(FusedActivation::numbers).orElse(NO_NUMBERS));
  }

  private static String name(Activation activation) {
    if (activation instanceof Activation.Relu) {
      return "relu";
    } else if (activation instanceof Activation.Clamp) {
      return "hardtanh";
    } else if (activation instanceof Activation.LeakyRelu) {
      return "leaky_relu";
    } else if (activation instanceof Activation.Pointwise pointwise) {
      return switch (pointwise.function()) {
        case SIGMOID, TANH, HARDSWISH -> pointwise.function().torchName();
        case SILU -> "swish";
        default -> throw new IllegalArgumentException("oneDNN fuses no " + activation);
      };
    }
    throw new IllegalArgumentException("oneDNN fuses no " + activation);
  }

  private static String numbers(Activation activation) {
    if (activation instanceof Activation.Clamp clamp) {
      return "annotate(List[Optional[number]], [%s, %s])"
          .formatted(OpText.number(clamp.low()), OpText.number(clamp.high()));
    } else if (activation instanceof Activation.LeakyRelu leaky) {
      return "annotate(List[Optional[number]], [%s])".formatted(OpText.number(leaky.slope()));
    }
    return NO_NUMBERS;
  }
}
