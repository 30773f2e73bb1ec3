package io.edgefrontier.measure;

import io.edgefrontier.dataset.Prefetched;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Classifies samples with an archive: the very bytes that the benchmark times. */
public final class AccuracyMeter {
  private AccuracyMeter() {}

  /**
   * Returns the class of the largest logit for each sample; of equal logits the first.
   *
   * @param archive with one output, float32, [batch, classes]
   * @param validation samples in the archive's input shape
   * @param batchSize samples per forward call; the last call takes what is left
   * @return one class per sample, in [0, classes)
   * @throws IllegalArgumentException if {@code batchSize} is below 1
   * @throws IOException naming the sample that cannot be read, or the archive if it cannot be
   *     loaded, does not accept the samples, or returns anything but one number per class
   */
  public static int[] predict(Path archive, Samples validation, int batchSize) throws IOException {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be >= 1, got " + batchSize);
    }
    int[] predicted = new int[validation.count()];
    int batches = (int) (((long) predicted.length + batchSize - 1) / batchSize);
    try (InferenceSession session = InferenceSession.open(archive);
        Prefetched<float[]> values =
            new Prefetched<>(batches, i -> batch(validation, i, batchSize))) {
      for (int from = 0; values.hasNext(); from += batchSize) {
        int to = Math.min(from + batchSize, predicted.length);
        float[] logits = logits(archive, session, validation, values.next(), from, to);
        for (int sample = from; sample < to; sample++) {
          int classes = logits.length / (to - from);
          int row = (sample - from) * classes;
          predicted[sample] = largest(archive, sample, logits, row, classes);
        }
      }
    }
    return predicted;
  }

  private static float[] batch(Samples samples, int index, int batchSize) throws IOException {
    int from = index * batchSize;
    return samples.values(from, Math.min(from + batchSize, samples.count()));
  }

  private static float[] logits(
      Path archive, InferenceSession session, Samples samples, float[] values, int from, int to)
      throws IOException {
    List<float[]> outputs;
    try {
      outputs = session.run(values, samples.shape().batched(to - from));
    } catch (IllegalStateException e) {
      throw new IOException(archive + ": " + e.getMessage(), e);
    }
    int count = to - from;
    if (outputs.size() != 1
        || outputs.get(0).length % count != 0
        || !samples.fits(outputs.get(0).length / count)) {
      throw new IOException(
          "%s: %d samples of shape %s gave %s values, expected one output of %d x %s classes"
              .formatted(
                  archive,
                  count,
                  samples.shape(),
                  outputs.stream().map(output -> output.length).toList(),
                  count,
                  samples.classesInWords()));
    }
    return outputs.get(0);
  }

  private static int largest(Path archive, int sample, float[] logits, int row, int classes)
      throws IOException {
    int best = 0;
    for (int i = 0; i < classes; i++) {
      float logit = logits[row + i];
      if (Float.isNaN(logit)) {
        throw new IOException(
            "%s: the logit of class %d for sample %d is NaN".formatted(archive, i, sample));
      }
      if (logit > logits[row + best]) {
        best = i;
      }
    }
    return best;
  }
}
