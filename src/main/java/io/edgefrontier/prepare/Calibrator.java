package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Prefetched;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.ActivationObserver;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Observes activations by running an instrumented archive, which returns them, on the engine. */
public final class Calibrator {
  private final Calibration calibration;
  private final int batchSize;
  private final Function<List<TensorType>, Samples> choice; // of what is kept of a sample

  /**
   * Observes a request's choice of samples.
   *
   * @param samples to choose from
   */
  Calibrator(VariantRequest request, Samples samples) {
    this(
        request.calibration(),
        request.batchSize(),
        kept -> CalibrationSamples.chosen(request, samples, kept));
  }

  /**
   * Observes all samples.
   *
   * @param calibration how ranges are chosen
   */
  public Calibrator(Calibration calibration, Samples samples) {
    this(calibration, Math.max(1, samples.count()), kept -> samples);
  }

  private Calibrator(
      Calibration calibration, int batchSize, Function<List<TensorType>, Samples> choice) {
    this.calibration = calibration;
    this.batchSize = batchSize;
    this.choice = choice;
  }

  /**
   * Returns the mapping of every value that int8 lowering needs.
   *
   * @param folded network with batch norm folded
   * @param folder where the instrumented archive stands while it runs
   * @throws IOException if there are no samples to observe, or one cannot be read
   */
  public Map<String, QuantParams> calibrate(Graph folded, Path folder) throws IOException {
    List<String> values = PrecisionLowering.observedValues(folded);
    Map<String, ActivationObserver> observers = new LinkedHashMap<>();
    values.forEach(value -> observers.put(value, calibration.observer()));
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, TensorType> types = folded.types(1);
    List<TensorType> kept = values.stream().map(types::get).toList();
    Samples chosen = choice.apply(kept);
    if (chosen.count() == 0) {
      throw new IOException(
          "int8 needs samples to calibrate activation ranges and there are none; name some with"
              + " --dataset (with --no-accuracy they serve calibration alone)");
    }
    Path instrumented = Files.createTempFile(folder, "instrumented", ".pt");
    try {
      TorchScriptWriter.write(folded.withOutputs(values), instrumented);
      observe(instrumented, chosen, CalibrationSamples.batchSize(batchSize, kept), observers);
    } finally {
      Files.deleteIfExists(instrumented);
    }
    Map<String, QuantParams> params = new LinkedHashMap<>();
    observers.forEach((value, observer) -> params.put(value, observer.params()));
    return params;
  }

  private void observe(
      Path archive, Samples chosen, int size, Map<String, ActivationObserver> observers)
      throws IOException {
    int batches = (int) (((long) chosen.count() + size - 1) / size);
    try (InferenceSession session = InferenceSession.open(archive);
        Prefetched<float[]> values =
            new Prefetched<>(
                batches, i -> chosen.values(i * size, Math.min((i + 1) * size, chosen.count())))) {
      for (int from = 0; values.hasNext(); from += size) {
        int to = Math.min(from + size, chosen.count());
        List<float[]> outputs = session.run(values.next(), chosen.shape().batched(to - from));
        int i = 0;
        for (ActivationObserver observer : observers.values()) {
          observer.observe(outputs.get(i++));
        }
      }
    }
  }
}
