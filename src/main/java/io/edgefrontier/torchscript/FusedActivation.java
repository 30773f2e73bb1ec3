package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.torchscript.Value.Text;
import java.util.List;
import java.util.Optional;

/** How the kernel libraries are told which activation follows a layer, and how that is read. */
final class FusedActivation {
  private static final String NONE = "none";
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
    String name = activation.map(FusedActivation::name).orElse(NONE);
    return "\"%s\", %s, None"
        .formatted(name, activation.map(FusedActivation::numbers).orElse(NO_NUMBERS));
  }

  /**
   * Returns the activation that XNNPACK's bounds stand for.
   *
   * @param low name of the argument that is the lower bound, None if there is none
   */
  static Optional<Activation> ofBounds(Arguments a, String low, String high) {
    if (a.isNone(low) && a.isNone(high)) {
      return Optional.empty();
    } else if (a.isNone(high) && a.real(low) == 0) {
      return Optional.of(new Activation.Relu());
    }
    return Optional.of(
        new Activation.Clamp(
            a.real(low, Double.NEGATIVE_INFINITY), a.real(high, Double.POSITIVE_INFINITY)));
  }

  /**
   * Returns the activation that oneDNN's arguments stand for.
   *
   * @param name name of the argument that is the activation's name
   * @param numbers name of the argument that is the list of its numbers
   */
  static Optional<Activation> ofPostOp(Arguments a, String name, String numbers) {
    a.requireNone("algorithm");
    String attr = a.isNone(name) ? NONE : a.value(name) instanceof Text text ? text.value() : "";
    return switch (attr) {
      case NONE -> Optional.empty();
      case "relu" -> Optional.of(new Activation.Relu());
      case "hardtanh" -> {
        List<Double> bounds = a.reals(numbers, 2);
        yield Optional.of(new Activation.Clamp(bounds.get(0), bounds.get(1)));
      }
      case "leaky_relu" -> Optional.of(new Activation.LeakyRelu(a.reals(numbers, 1).get(0)));
      case "sigmoid" -> pointwise(Activation.Function.SIGMOID);
      case "tanh" -> pointwise(Activation.Function.TANH);
      case "hardswish" -> pointwise(Activation.Function.HARDSWISH);
      case "swish" -> pointwise(Activation.Function.SILU);
      default ->
          throw a.wrong(
              name, "one of none, relu, hardtanh, leaky_relu, sigmoid, tanh, hardswish and swish");
    };
  }

  private static Optional<Activation> pointwise(Activation.Function function) {
    return Optional.of(new Activation.Pointwise(function));
  }

  /** Returns the name by which oneDNN knows an activation. */
  static String name(Activation activation) {
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
