package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Clamp;
import io.edgefrontier.graph.Activation.LeakyRelu;
import io.edgefrontier.graph.Activation.Pointwise;
import io.edgefrontier.graph.Activation.Relu;
import java.util.Locale;

/** The ways in which the engine can compute a layer. */
public enum Kernel {
  /** The operator of the same name, which converts layouts and packs weights on every call. */
  ATEN,
  /** XNNPACK, with weights packed at load. */
  XNNPACK,
  /** oneDNN, with weights packed at load. */
  ONEDNN;

  /** Returns the name in files, such as {@code onednn}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether a value can be added to a convolution's result within the kernel. */
  boolean fusesSums() {
    return this == ONEDNN;
  }

  /** Returns whether an activation can be applied within the kernel. */
  boolean fuses(Activation activation, boolean afterSum) {
    if (activation instanceof Relu) {
      return this != ATEN;
    } else if (activation instanceof Clamp) {
      return this != ATEN && !afterSum;
    }
    return this == ONEDNN && !afterSum && isOfOneDnn(activation);
  }

  private static boolean isOfOneDnn(Activation activation) {
    if (activation instanceof Pointwise pointwise) {
      return switch (pointwise.function()) {
        case SIGMOID, TANH, SILU, HARDSWISH -> true;
        default -> false;
      };
    }
    return activation instanceof LeakyRelu;
  }
}
