package io.edgefrontier.prepare;

import io.edgefrontier.graph.DType;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelSupport;
import java.util.Map;
import java.util.Set;

final class KernelProbe {
  static KernelSupport support() {
    return new KernelSupport(
        Map.of(
            Kernel.XNNPACK, Set.of(DType.FLOAT32),
            Kernel.ONEDNN, Set.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16)));
  }
}
