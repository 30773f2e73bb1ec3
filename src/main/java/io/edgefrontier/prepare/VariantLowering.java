package io.edgefrontier.prepare;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelLowering;
import io.edgefrontier.lower.LayerSite;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.variant.Precision;
import java.util.Map;
import java.util.function.Function;

/** Lowers networks to a precision and then to the engine's operators. */
final class VariantLowering {
  private final int batch;
  private final Function<LayerSite, Kernel> rule;
  private final Function<LayerSite, Kernel> tuner;

  /**
   * @param batch samples per call that kernels are chosen for
   * @param rule for {@link Lowering#RULE}
   * @param tuner for {@link Lowering#TUNE}
   */
  VariantLowering(int batch, Function<LayerSite, Kernel> rule, Function<LayerSite, Kernel> tuner) {
    this.batch = batch;
    this.rule = rule;
    this.tuner = tuner;
  }

  /**
   * Returns a float32 network lowered.
   *
   * @param activations for int8: the mapping of each observed value; else not read
   * @throws IllegalArgumentException as {@link PrecisionLowering#lower}
   */
  Graph lower(
      Graph graph, Precision precision, Map<String, QuantParams> activations, Lowering lowering) {
    return switch (lowering) {
      case PLAIN -> PrecisionLowering.plain(graph, precision, activations);
      case RULE -> withKernels(graph, precision, activations, rule);
      case TUNE -> withKernels(graph, precision, activations, tuner);
    };
  }

  private Graph withKernels(
      Graph graph,
      Precision precision,
      Map<String, QuantParams> activations,
      Function<LayerSite, Kernel> choice) {
    Graph lowered = PrecisionLowering.lower(BatchNormFolder.fold(graph), precision, activations);
    return KernelLowering.apply(lowered, batch, choice);
  }
}
