package io.edgefrontier.prepare;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelSupport;
import io.edgefrontier.lower.LayerSite;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which kernels the engine of this process has on this CPU, by running one of each. */
public final class KernelProbe {
  private static final Map<Kernel, Set<DType>> KNOWN =
      Map.of(
          Kernel.XNNPACK, EnumSet.of(DType.FLOAT32),
          Kernel.ONEDNN, EnumSet.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16));

  private KernelProbe() {}

  /** Returns the kernels that loaded and ran. */
  public static KernelSupport support() {
    return Holder.SUPPORT;
  }

  /** Probes when first asked: an engine's kernels do not change while a process lives. */
  private static final class Holder {
    private static final KernelSupport SUPPORT = probe();
  }

  private static KernelSupport probe() {
    Map<Kernel, Set<DType>> found = new EnumMap<>(Kernel.class);
    KNOWN.forEach(
        (kernel, dtypes) -> {
          Set<DType> running = EnumSet.noneOf(DType.class);
          dtypes.stream().filter(dtype -> runs(kernel, dtype)).forEach(running::add);
          found.put(kernel, running);
        });
    return new KernelSupport(found);
  }

  private static boolean runs(Kernel kernel, DType dtype) {
    float[] ones = new float[4 * 4 * 3 * 3];
    Arrays.fill(ones, 1f);
    Tensor weight = Tensor.ofFloats(Shape.of(4, 4, 3, 3), ones).to(dtype);
    LayerSite site =
        new LayerSite(
            new Conv2d(weight, Optional.empty(), Window.square(3, 1, 1), 1),
            new TensorType(dtype, Shape.of(1, 4, 5, 5)),
            false,
            Optional.of(new Activation.Relu()));
    Graph graph = SiteNetwork.of(site, kernel);
    try (LoadedGraph loaded = LoadedGraph.of(graph, 1)) {
      return loaded.outputs().length > 0;
    } catch (IOException | RuntimeException e) {
      return false; // the engine refuses what this CPU or build lacks
    }
  }
}
