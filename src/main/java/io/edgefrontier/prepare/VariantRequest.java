package io.edgefrontier.prepare;

import io.edgefrontier.engine.TrainingOptions;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.variant.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which variants to make, and how.
 *
 * @param model name that the variants carry
 * @param pruningLevels each in [0, 1)
 * @param pruning how channels are chosen
 * @param calibration how int8 activation ranges are chosen
 * @param calibrationBatches training batches that calibration and Taylor importance look at; empty
 *     for 8, or fewer samples where activations are large
 * @param batchSize samples per such batch, fewer where they would need too much memory
 * @param fineTuning training after pruning, for levels above 0
 * @param lowering how their operators are chosen
 */
public record VariantRequest(
    String model,
    List<Double> pruningLevels,
    List<Precision> precisions,
    PruningOptions pruning,
    Calibration calibration,
    OptionalInt calibrationBatches,
    int batchSize,
    Optional<TrainingOptions> fineTuning,
    LoweringRequest lowering) {
  public VariantRequest {
    pruningLevels = List.copyOf(pruningLevels);
    precisions = List.copyOf(precisions);
    if (calibrationBatches.orElse(1) < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "calibration batches and batch size must be >= 1, got %d and %d"
              .formatted(calibrationBatches.orElse(1), batchSize));
    }
  }
}
