package io.edgefrontier.lower;

import io.edgefrontier.graph.Graph;
import java.util.function.Function;

/**
 * Chooses how the engine computes each layer of a network that has its precision already: kernels
 * on weights packed at load, what they fuse, and the layout of images that suits them.
 */
public final class KernelLowering {
  private KernelLowering() {}

  /**
   * Returns a network that computes the same.
   *
   * @param graph from {@link PrecisionLowering}
   * @param batch samples per call that weights are packed for
   * @param choice asked for each layer, in order; must give a kernel that the engine has for the
   *     layer's element type
   */
  public static Graph apply(Graph graph, int batch, Function<LayerSite, Kernel> choice) {
    return LayoutPass.apply(KernelPass.apply(graph, batch, choice));
  }
}
