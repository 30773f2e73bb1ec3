package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Loads archives and runs two samples, so that what the engine refuses is known at once. */
final class TrialRun {
  private static final int SAMPLES = 2;

  private final Samples samples;

  /** Takes the first two of {@code samples}; where there are none, a pattern stands in. */
  TrialRun(Samples samples) {
    this.samples = samples.first(Math.min(SAMPLES, samples.count()));
  }

  /** Returns the shape of a sample. */
  Shape sampleShape() {
    return samples.shape();
  }

  /**
   * Makes sure that an archive gives finite numbers.
   *
   * @return its outputs
   * @throws IOException if it cannot be loaded or gives anything else
   * @throws IllegalStateException if it does not accept the samples
   */
  List<float[]> requireRuns(Path archive) throws IOException {
    boolean none = samples.count() == 0;
    int batch = none ? SAMPLES : samples.count();
    float[] values = none ? pattern(samples.shape().batched(batch)) : samples.values(0, batch);
    try (InferenceSession session = InferenceSession.open(archive)) {
      List<float[]> outputs = session.run(values, samples.shape().batched(batch));
      for (float[] output : outputs) {
        for (float value : output) {
          if (!Float.isFinite(value)) {
            throw new IOException(
                archive.getFileName() + ": gives " + value + " on samples, expected numbers");
          }
        }
      }
      return outputs;
    }
  }

  /**
   * As {@link #requireRuns}, and makes sure that there is one output, a number for each class;
   * without samples, of any size.
   *
   * @throws IOException if there is anything else
   */
  void requireClassifies(Path archive) throws IOException {
    List<float[]> outputs = requireRuns(archive);
    if (samples.count() == 0) {
      requireOne(archive, outputs);
      return;
    }
    if (outputs.size() != 1
        || outputs.get(0).length % samples.count() != 0
        || !samples.fits(outputs.get(0).length / samples.count())) {
      throw new IOException(
          "%s: %d samples of shape %s gave %s values, expected one output of %d x %s classes"
              .formatted(
                  archive.getFileName(),
                  samples.count(),
                  samples.shape(),
                  outputs.stream().map(output -> output.length).toList(),
                  samples.count(),
                  samples.classesInWords()));
    }
  }

  private static void requireOne(Path archive, List<float[]> outputs) throws IOException {
    if (outputs.size() != 1) {
      throw new IOException(
          archive.getFileName() + ": gives " + outputs.size() + " outputs, expected one");
    }
  }

  /** Returns values spread over [-1, 1], the same every time. */
  static float[] pattern(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919L) % 2003 / 1001f - 1;
    }
    return values;
  }
}
