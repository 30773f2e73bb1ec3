package io.edgefrontier.bench;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.prepare.Calibrator;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes archives of one network, in any precision and lowering, into a folder. */
final class NetworkArchives {
  /** The lowering that every other one is held against. */
  static final String PLAIN = "plain";

  // Each shows thousands of values of every activation, and time does not depend on the ranges.
  private static final int CALIBRATION_SAMPLES = 4;

  private final Graph folded;
  private final Path folder;

  NetworkArchives(Graph network, Path folder) {
    this.folded = BatchNormFolder.fold(network);
    this.folder = folder;
  }

  /**
   * Writes an archive.
   *
   * @param lowering label of a lowering
   * @param batchSize samples per call that the lowering may choose kernels for
   * @throws IllegalArgumentException if there is no such lowering
   * @throws IOException if the folder cannot be written
   */
  Path archive(Precision precision, String lowering, int batchSize) throws IOException {
    if (!lowering.equals(PLAIN)) {
      throw new IllegalArgumentException(
          "unknown lowering '%s'; available: %s".formatted(lowering, PLAIN));
    }
    Path file = folder.resolve("%s-%s-b%d.pt".formatted(precision.label(), lowering, batchSize));
    Map<String, QuantParams> activations =
        precision == Precision.INT8
            ? new Calibrator(Calibration.MIN_MAX, samples()).calibrate(folded, folder)
            : Map.of();
    TorchScriptWriter.write(PrecisionLowering.lower(folded, precision, activations), file);
    return file;
  }

  private Samples samples() {
    Shape shape = folded.sampleShape();
    float[] values = VariantUnderTest.uniform(shape.batched(CALIBRATION_SAMPLES));
    return new Samples(shape, 1, values, new int[CALIBRATION_SAMPLES]);
  }
}
