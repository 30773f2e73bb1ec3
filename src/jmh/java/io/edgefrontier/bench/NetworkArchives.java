package io.edgefrontier.bench;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.measure.Machine;
import io.edgefrontier.prepare.Calibrator;
import io.edgefrontier.prepare.LoweringRequest;
import io.edgefrontier.prepare.Tuning;
import io.edgefrontier.prepare.VariantLowering;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes archives of one network, in any precision and lowering, into a folder. */
final class NetworkArchives {
  /** The lowering that every other one is held against. */
  static final String PLAIN = "plain";

  // Each shows thousands of values of every activation, and time does not depend on the ranges.
  private static final int CALIBRATION_SAMPLES = 4;

  private static final String THREADS_PROPERTY = "ai.djl.pytorch.num_threads";

  private final Graph network;
  private final Path folder;

  NetworkArchives(Graph network, Path folder) {
    this.network = network;
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
    LoweringRequest request =
        new LoweringRequest(
            Lowering.parse(lowering), batchSize, Integer.getInteger(THREADS_PROPERTY, 1));
    Path file = folder.resolve("%s-%s-b%d.pt".formatted(precision.label(), lowering, batchSize));
    Map<String, QuantParams> activations =
        precision == Precision.INT8
            ? new Calibrator(Calibration.MIN_MAX, samples())
                .calibrate(BatchNormFolder.fold(network), folder)
            : Map.of();
    Variant variant = new Variant(network.name(), 0, precision);
    TorchScriptWriter.write(lowered(request, variant, activations), file);
    return file;
  }

  private Graph lowered(
      LoweringRequest request, Variant variant, Map<String, QuantParams> activations)
      throws IOException {
    if (request.lowering() != Lowering.TUNE) {
      return VariantLowering.untuned(request).lower(variant, network, activations).graph();
    }
    // Tuning shares the user's cache, so that a layer shape is measured in one fork of all.
    String cpu = Machine.capture().cpuModel().orElse("");
    Tuning tuning =
        Tuning.open(
            Tuning.Context.here(cpu, request.threads()), Tuning.userCache(), System.err::println);
    Graph lowered =
        VariantLowering.tuned(request, tuning, System.err::println)
            .lower(variant, network, activations)
            .graph();
    tuning.saveCache();
    return lowered;
  }

  private Samples samples() {
    Shape shape = network.sampleShape();
    float[] values = VariantUnderTest.uniform(shape.batched(CALIBRATION_SAMPLES));
    return new Samples(shape, 1, values, new int[CALIBRATION_SAMPLES]);
  }
}
