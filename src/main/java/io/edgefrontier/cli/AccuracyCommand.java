package io.edgefrontier.cli;

import io.edgefrontier.analysis.PairedAccuracy;
import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.dataset.UnreadableSampleException;
import io.edgefrontier.measure.AccuracyMeter;
import io.edgefrontier.prepare.Attempt;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.Predictions;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts each variant's correct answers on the validation split. */
@Command(
    name = "accuracy",
    description =
        "Run every variant's archive over the validation split; writes accuracy.csv and"
            + " predictions.csv.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar accuracy",
      "  java -jar benchmarks.jar accuracy --run results/runs/ID/NAME --val-subset 200"
    })
final class AccuracyCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Override
  public Integer call() throws IOException {
    RunFolder run = stage.run();
    Settings settings = stage.settings(run);
    if (!settings.data().accuracy()) {
      throw new IllegalArgumentException(
          run.path()
              + " was made with --no-accuracy; give --accuracy, and a --dataset if it has none");
    }
    Samples validation = Datasets.load(settings).validation();
    boolean failed = accuracy(settings, validation, run, stage.terminal());
    stage.terminal().result(run.accuracy().toString());
    return failed ? ExitCode.SOME_CELLS_FAILED : ExitCode.DONE;
  }

  /** Measures all variants of {@code run} and returns whether one of them failed. */
  static boolean accuracy(Settings settings, Samples validation, RunFolder run, Terminal terminal)
      throws IOException {
    Map<Variant, int[]> predicted = new LinkedHashMap<>();
    Map<Variant, String> errors = new LinkedHashMap<>();
    for (ManifestEntry entry : ManifestTable.TABLE.read(run.manifest())) {
      Variant variant = entry.variant();
      if (entry.archive().isEmpty()) {
        errors.put(variant, entry.error());
        continue;
      }
      Path archive = run.path().resolve(entry.archive().get().path());
      try {
        Sha256.require(archive, entry.archive().get());
        predicted.put(variant, AccuracyMeter.predict(archive, validation, settings.batchSize()));
      } catch (UnreadableSampleException e) {
        throw e; // every variant would fail alike
      } catch (IOException | RuntimeException e) {
        errors.put(variant, Attempt.reason(e));
      }
    }
    Predictions predictions = predictions(validation, predicted);
    predictions.write(run.predictions());
    List<AccuracyRow> rows = new ArrayList<>();
    Optional<Variant> baseline = baseline(predicted.keySet());
    baseline.ifPresent(
        variant ->
            rows.addAll(PairedAccuracy.of(predictions, List.copyOf(predicted.keySet()), variant)));
    errors.forEach((variant, error) -> rows.add(AccuracyRow.failed(variant, error)));
    AccuracyRow.TABLE.write(run.accuracy(), rows);
    terminal.progress(
        "accuracy: %d variants on %d validation samples%s",
        rows.size(),
        validation.count(),
        baseline.map(variant -> ", compared with " + variant.id()).orElse(""));
    return !errors.isEmpty();
  }

  /**
   * Returns what the others are compared with: fp32 before bf16, fp16 and int8, then the least
   * pruned, then the first. It need not be an unpruned fp32 network: variants made elsewhere may
   * have none.
   */
  private static Optional<Variant> baseline(Set<Variant> variants) {
    return variants.stream()
        .min(Comparator.comparing(Variant::precision).thenComparingDouble(Variant::pruningLevel));
  }

  private static Predictions predictions(Samples validation, Map<Variant, int[]> predicted) {
    List<Predictions.Sample> samples = new ArrayList<>();
    for (int i = 0; i < validation.count(); i++) {
      int index = i;
      samples.add(
          new Predictions.Sample(
              i,
              validation.label(i),
              predicted.values().stream().map(classes -> classes[index]).toList()));
    }
    return new Predictions(predicted.keySet().stream().map(Variant::id).toList(), samples);
  }
}
