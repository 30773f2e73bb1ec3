package io.edgefrontier.analysis;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.ManifestEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Joins what is known of a cell into its row. What one source lacks makes the row an error row that
 * says so; the figures that there are stay in it.
 *
 * @param settings power, multiplier and budgets
 * @param variantsName what errors call the manifest
 * @param jmhName what errors call JMH's results
 * @param accuracyName what errors call the accuracies; empty if accuracy was left out on purpose
 */
public record Merge(
    MergeSettings settings, String variantsName, String jmhName, Optional<String> accuracyName) {
  private static final double MS_PER_S = 1000;

  /** Returns the merge of a run's own files. */
  public static Merge of(MergeSettings settings) {
    return new Merge(settings, "variants.csv", "jmh.json", Optional.of("accuracy.csv"));
  }

  /**
   * Returns the row of a cell.
   *
   * @param measurement {@link Measurement#ABSENT} if there is none
   * @param failure why there is no measurement, if that is known
   * @param disturbedForks how many of the cell's forks were disturbed, if that is known
   */
  public SweepRow row(
      Cell cell,
      Optional<ManifestEntry> entry,
      Measurement measurement,
      Optional<AccuracyRow> accuracy,
      Optional<String> failure,
      OptionalInt disturbedForks) {
    String error = error(cell, entry, measurement, accuracy, failure);
    Optional<Archive> archive = entry.flatMap(ManifestEntry::archive);
    Memory memory = memory(cell, archive, measurement);
    Latency latency = scaled(measurement.latency());
    return new SweepRow(
        cell,
        error.isEmpty() && settings.budgets().accepts(memory),
        error,
        settings.budgets().activeMb(),
        accuracy.map(AccuracyRow::accuracy).orElse(Accuracy.ABSENT),
        latency,
        scaled(measurement.startup()),
        measurement.load(),
        memory,
        energy(cell, latency, measurement.energy()),
        archive,
        settings.budgets().memoryViolations(memory),
        new Evidence(measurement.forks(), measurement.samples(), disturbedForks),
        entry.map(ManifestEntry::divergence).orElse(Divergence.ABSENT));
  }

  private String error(
      Cell cell,
      Optional<ManifestEntry> entry,
      Measurement measurement,
      Optional<AccuracyRow> accuracy,
      Optional<String> failure) {
    if (entry.isPresent() && !entry.get().error().isEmpty()) {
      return entry.get().error(); // the rest is missing because of it
    }
    List<String> missing = new ArrayList<>();
    if (entry.isEmpty()) {
      missing.add("no variant: %s has no row for %s".formatted(variantsName, cell.variant().id()));
    }
    if (Double.isNaN(measurement.latency().medianMs())) {
      missing.add("no latency: " + failure.orElseGet(() -> noEntry(cell)));
    }
    if (accuracy.isEmpty()) {
      accuracyName.ifPresent(
          name ->
              missing.add(
                  "no accuracy: %s has no row for %s".formatted(name, cell.variant().id())));
    } else if (!accuracy.get().error().isEmpty()) {
      missing.add("no accuracy: " + accuracy.get().error());
    }
    return String.join("; ", missing);
  }

  private String noEntry(Cell cell) {
    return "%s has no entry of %s (sample) for pruningLevel=%s, precision=%s, batchSize=%s, threads=%s"
        .formatted(
            jmhName,
            BenchmarkKind.LATENCY.benchmark(),
            cell.variant().pruningLevel(),
            cell.variant().precision().label(),
            cell.batchSize(),
            cell.threads());
  }

  private static Memory memory(Cell cell, Optional<Archive> archive, Measurement measurement) {
    ResidentMemory resident = measurement.resident();
    return archive
        .map(known -> Memory.of(known, cell.batchSize(), resident))
        .orElseGet(() -> new Memory(Double.NaN, Double.NaN, resident));
  }

  /** Times the ratio to the reference, where there is one, else the raw median. */
  private Latency scaled(Latency raw) {
    double factor = settings.latencyMultiplier();
    ReferenceRatio reference = raw.reference();
    double corrected = reference.referenceMs() * factor;
    boolean paired = !Double.isNaN(reference.ratio());
    return new Latency(
        paired ? reference.ratio() * corrected : raw.rawMs() * factor,
        reference,
        raw.rawMs(),
        paired ? reference.ci95Low() * corrected : raw.ci95LowMs() * factor,
        paired ? reference.ci95High() * corrected : raw.ci95HighMs() * factor,
        raw.meanMs() * factor,
        raw.stdMs() * factor,
        scaled(raw.percentiles()));
  }

  private Startup scaled(Startup raw) {
    double factor = settings.latencyMultiplier();
    return new Startup(
        raw.coldStartMs() * factor,
        raw.ci95LowMs() * factor,
        raw.ci95HighMs() * factor,
        raw.modelLoadMs() * factor);
  }

  private Percentiles scaled(Percentiles raw) {
    double factor = settings.latencyMultiplier();
    return new Percentiles(
        raw.p50Ms() * factor,
        raw.p90Ms() * factor,
        raw.p95Ms() * factor,
        raw.p99Ms() * factor,
        raw.p999Ms() * factor);
  }

  /** One inference is one sample: a batch shares the energy of its forward call evenly. */
  private Energy energy(Cell cell, Latency latency, Energy measured) {
    double callJ = settings.powerWatts() * latency.medianMs() / MS_PER_S;
    return new Energy(
        callJ / cell.batchSize(), measured.measuredJ(), measured.netJ(), measured.source());
  }
}
