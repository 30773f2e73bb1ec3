package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.engine.OperatorProfile;
import io.edgefrontier.engine.OperatorProfiler;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measures how long each layer of a written variant takes, by the engine's own profiler. */
public final class LayerProfiler {
  private final Path folder;
  private final Samples samples;
  private final int batchSize;
  private final Consumer<String> progress;

  /**
   * @param folder that the archives' paths are relative to
   * @param samples that a batch is made of, over and over if they are too few; a pattern where
   *     there are none
   * @param batchSize of the calls
   * @param progress told of each variant: what calls take with and without the profiler, or why
   *     there are no times
   */
  public LayerProfiler(Path folder, Samples samples, int batchSize, Consumer<String> progress) {
    this.folder = folder;
    this.samples = samples;
    this.batchSize = batchSize;
    this.progress = progress;
  }

  /**
   * Profiles a variant.
   *
   * @return nanoseconds of each layer that the engine runs operators for; empty where there is no
   *     archive, it cannot be run on such a batch, or the engine runs other operators than its
   *     layers call
   */
  public Map<String, Long> profile(PreparedVariant variant) throws IOException {
    if (variant.entry().archive().isEmpty()) {
      return Map.of();
    }
    String name = variant.entry().variant().id();
    Archive archive = variant.entry().archive().get();
    return Attempt.of(() -> profile(name, archive, variant))
        .orElse(
            error -> {
              progress.accept(
                  "profile %s: no times of layers: %s".formatted(name, Attempt.reason(error)));
              return Map.of();
            });
  }

  private Map<String, Long> profile(String name, Archive archive, PreparedVariant variant)
      throws IOException {
    if (variant.operators().isEmpty()) {
      throw new IOException("which operators its layers call is known of archives made here only");
    }
    Shape batch = samples.shape().batched(batchSize);
    try (InferenceSession session = InferenceSession.open(folder.resolve(archive.path()))) {
      OperatorProfile profile = OperatorProfiler.profile(session, values(batch), batch);
      Map<String, Long> times =
          LayerTimes.match(
              variant.operators(),
              TorchScriptWriter.repeats(variant.graph().orElseThrow()),
              profile.operators());
      progress.accept(
          "profile %s: %d operators take %.1f us of a call's %.1f us under the profiler, %.1f us without it"
              .formatted(
                  name,
                  profile.operators().size(),
                  profile.operatorsNs() / 1000.0,
                  profile.profiledCallNs() / 1000.0,
                  profile.plainCallNs() / 1000.0));
      return times;
    }
  }

  private float[] values(Shape batch) throws IOException {
    int count = samples.count();
    return count == 0
        ? TrialRun.pattern(batch)
        : samples
            .select(IntStream.range(0, batchSize).map(i -> i % count).toArray())
            .values(0, batchSize);
  }
}
