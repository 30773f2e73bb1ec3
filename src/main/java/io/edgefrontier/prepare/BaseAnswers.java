package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Divergence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a base network answers to some samples, for comparison with what its variants answer. Only
 * the first output counts, which is the one that accuracy looks at.
 */
public final class BaseAnswers {
  private static final int MOST_SAMPLES = 256;
  private static final int BATCH = 16;

  /** Bounds what is kept in memory of networks that answer with whole images. */
  private static final long MOST_VALUES = 1L << 24;

  private final Path base;
  private final Optional<Graph> read;
  private final Samples samples;
  private final String source;
  private final boolean patterns;
  private final List<float[]> inputs = new ArrayList<>(); // one a batch
  private List<Tensor> answers = List.of(); // one a batch; the last batches may be left out
  private String reason = "";

  /**
   * @param base the network's archive, run when the first variant is compared with it
   * @param read what was read from it, run instead if it returns what the engine does not hand over
   * @param samples up to 256 of them are taken, spread evenly, fewer if they are large; where there
   *     are none, patterns
   */
  public BaseAnswers(Path base, Optional<Graph> read, Samples samples) {
    this.base = base;
    this.read = read;
    this.patterns = samples.count() == 0;
    this.samples = ComparedSamples.of(samples, MOST_SAMPLES);
    this.source = patterns ? " patterns" : " samples";
  }

  /**
   * Runs a variant and compares.
   *
   * @return the differences; absent, with the reason, if the base network does not give numbers or
   *     the variant's output has another shape
   * @throws IOException if the variant does not load or does not give numbers, or a sample cannot
   *     be read
   * @throws IllegalStateException if the variant does not accept the samples
   */
  Divergence divergence(Path variant) throws IOException {
    if (answers.isEmpty() && reason.isEmpty()) {
      try {
        answers = answersOfBase();
      } catch (IOException | RuntimeException e) {
        reason = "not compared: " + Attempt.reason(e).lines().findFirst().orElse("");
      }
    }
    if (!reason.isEmpty()) {
      return Divergence.absent(reason);
    }
    DivergenceSum sum = new DivergenceSum();
    try (InferenceSession session = InferenceSession.open(variant)) {
      for (int i = 0; i < answers.size(); i++) {
        Tensor expected = answers.get(i);
        Tensor found = answer(variant, session, inputs.get(i), i);
        if (!found.shape().equals(expected.shape())) {
          return Divergence.absent(
              "not compared: gives shape %s, the base %s"
                  .formatted(found.shape(), expected.shape()));
        }
        sum.add(expected, found, size(i));
      }
    }
    return sum.divergence(sum.samples() + source, !patterns);
  }

  private List<Tensor> answersOfBase() throws IOException {
    try {
      return answersOf(base);
    } catch (UnsupportedOperationException e) {
      Path rewritten = Files.createTempFile("rewritten", ".pt");
      try {
        TorchScriptWriter.write(read.orElseThrow(() -> e), rewritten);
        return answersOf(rewritten);
      } finally {
        Files.deleteIfExists(rewritten);
      }
    }
  }

  private List<Tensor> answersOf(Path archive) throws IOException {
    List<Tensor> found = new ArrayList<>();
    int batches = (samples.count() + BATCH - 1) / BATCH;
    long values = 0;
    try (InferenceSession session = InferenceSession.open(archive)) {
      for (int i = 0; i < batches && values < MOST_VALUES; i++) {
        if (inputs.size() == i) {
          inputs.add(samples.values(i * BATCH, i * BATCH + size(i)));
        }
        found.add(answer(archive, session, inputs.get(i), i));
        values += found.get(i).shape().elements();
      }
    }
    return found;
  }

  private Tensor answer(Path archive, InferenceSession session, float[] values, int index)
      throws IOException {
    Tensor answer = session.outputs(values, samples.shape().batched(size(index))).get(0);
    for (float value : answer.toFloats()) {
      if (!Float.isFinite(value)) {
        throw new IOException(
            archive.getFileName() + ": gives " + value + " on samples, expected numbers");
      }
    }
    return answer;
  }

  private int size(int index) {
    return Math.min(BATCH, samples.count() - index * BATCH);
  }
}
