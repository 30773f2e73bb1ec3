package io.edgefrontier.lower;

import io.edgefrontier.graph.DType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which kernels an engine has on a CPU.
 *
 * @param dtypes the element types that each kernel works on; those of {@link Kernel#ATEN} all do
 */
public record KernelSupport(Map<Kernel, Set<DType>> dtypes) {
  public KernelSupport {
    Map<Kernel, Set<DType>> copy = new EnumMap<>(Kernel.class);
    dtypes.forEach((kernel, types) -> copy.put(kernel, Set.copyOf(types)));
    copy.put(Kernel.ATEN, EnumSet.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16));
    dtypes = Map.copyOf(copy);
  }

  /** Returns whether a kernel works on values of {@code dtype}. */
  public boolean has(Kernel kernel, DType dtype) {
    return dtypes.getOrDefault(kernel, Set.of()).contains(dtype);
  }
}
