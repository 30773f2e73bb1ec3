package io.edgefrontier.analysis;

import io.edgefrontier.result.Energy;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.JmhResult;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.ResponseTime;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.UnderLoad;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The entries of one cell, at most one of each kind, reduced as soon as they are read. */
final class CellResults {
  private static final String GROSS = "energy@";
  private static final String NET = "energy.net@";
  private static final double MS_PER_S = 1000;

  private final CellKey key;
  private int kinds;
  private Latency latency = Latency.ABSENT;
  private int forks;
  private long samples;
  private double warmLoadMs = Double.NaN;
  private Startup startup = Startup.ABSENT;
  private ResidentMemory resident = ResidentMemory.ABSENT;
  private double throughputSps = Double.NaN;
  private ResponseTime response = ResponseTime.ABSENT;
  private Energy energy = Energy.ABSENT;

  CellResults(CellKey key) {
    this.key = key;
  }

  CellKey key() {
    return key;
  }

  boolean hasLatency() {
    return has(BenchmarkKind.LATENCY);
  }

  private boolean has(BenchmarkKind kind) {
    return (kinds & kind.bit()) != 0;
  }

  /**
   * Takes an entry of this cell.
   *
   * @param references takes the reference's times that the entry has
   * @param meter measured energy in place of the forks' own sensors, if there was one
   * @throws IllegalArgumentException if there was one of its kind before, or it is malformed
   */
  void add(
      BenchmarkKind kind,
      JmhResult result,
      ReferenceMedians references,
      Optional<MeteredWindows> meter) {
    if (has(kind)) {
      throw new IllegalArgumentException(
          "repeats an earlier entry of %s with %s; each cell may occur once"
              .formatted(result.benchmark(), new TreeMap<>(result.params())));
    }
    kinds |= kind.bit();
    switch (kind) {
      case LATENCY -> addLatency(result, references);
      case COLD_START -> addColdStart(result);
      case THROUGHPUT ->
          throughputSps = key.batchSize() * MS_PER_S * ForkMedians.typicalRate(result.primary());
      case ENERGY ->
          energy =
              meter
                  .map(windows -> windows.energy(result, key.batchSize()))
                  .orElseGet(() -> energy(result.secondary()));
      case OPEN_LOOP -> addOpenLoop(result);
    }
  }

  private void addLatency(JmhResult result, ReferenceMedians references) {
    JmhMetric primary = result.primary();
    JmhMetric reference = result.secondary("reference");
    boolean paired = !primary.forks().isEmpty() && !reference.forks().isEmpty();
    latency =
        ForkMedians.latency(
            primary, paired ? ForkRatios.of(primary, reference) : ReferenceRatio.ABSENT);
    if (!(latency.medianMs() > 0)) {
      throw new IllegalArgumentException(
          "found a median of %s ms, expected a time > 0".formatted(latency.medianMs()));
    }
    if (paired) {
      for (double medianMs : ForkMedians.medians(reference.forks())) {
        references.add(key.threads(), medianMs);
      }
    }
    forks = primary.forks().isEmpty() ? result.forks() : primary.forks().size();
    samples = primary.samples();
    warmLoadMs = ForkMedians.typical(result.secondary("load"));
    if (Double.isNaN(resident.peakMb())) {
      resident = resident(result);
    }
  }

  private static ResidentMemory resident(JmhResult result) {
    if (result.secondary().isEmpty()) {
      return ResidentMemory.ABSENT;
    }
    return new ResidentMemory(
        ForkMedians.highest(result.secondary("rss.peak")),
        ForkMedians.highest(result.secondary("rss.model")),
        ForkMedians.typical(result.secondary("rss.growth")));
  }

  private void addColdStart(JmhResult result) {
    // Forks of latency may have loaded the reference; these never have.
    ResidentMemory own = resident(result);
    if (!Double.isNaN(own.peakMb())) {
      resident = own;
    }
    if (result.primary().forks().stream().anyMatch(fork -> fork.total() != 1)) {
      return; // JMH's -i made it repeat: what it then counted was warm
    }
    Interval interval = ForkMedians.interval(result.primary());
    startup =
        new Startup(
            ForkMedians.typical(result.primary()),
            interval.low(),
            interval.high(),
            ForkMedians.typical(result.secondary("load")));
  }

  private Energy energy(Map<String, JmhMetric> secondary) {
    return energySource(secondary)
        .map(
            source ->
                new Energy(
                    Double.NaN,
                    ForkMedians.typical(secondary.get(GROSS + source)) / key.batchSize(),
                    ForkMedians.typical(secondary.getOrDefault(NET + source, JmhMetric.ABSENT))
                        / key.batchSize(),
                    source))
        .orElse(Energy.ABSENT);
  }

  /** Of several sensors, which may count the same joules, the first by name is taken. */
  private static Optional<String> energySource(Map<String, JmhMetric> secondary) {
    return new TreeMap<>(secondary)
        .entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(GROSS))
            .filter(entry -> !Double.isNaN(ForkMedians.typical(entry.getValue())))
            .map(entry -> entry.getKey().substring(GROSS.length()))
            .findFirst();
  }

  /** Returns gross energy per call in J; absent where no sensor gave any. */
  static JmhMetric grossEnergy(Map<String, JmhMetric> secondary) {
    return energySource(secondary)
        .map(source -> secondary.get(GROSS + source))
        .orElse(JmhMetric.ABSENT);
  }

  private void addOpenLoop(JmhResult result) {
    response =
        new ResponseTime(
            CellKey.number(result, "arrivalRate"),
            new Percentiles(
                response(result, "p50"),
                response(result, "p90"),
                Double.NaN,
                response(result, "p99"),
                response(result, "p999")));
  }

  private static double response(JmhResult result, String percentile) {
    return ForkMedians.typical(result.secondary("response." + percentile));
  }

  /**
   * Returns everything that is known of the cell.
   *
   * @param references of all cells
   */
  Measurement toMeasurement(ReferenceMedians references) {
    return new Measurement(
        withReference(references),
        withLoad(),
        has(BenchmarkKind.THROUGHPUT) || has(BenchmarkKind.OPEN_LOOP)
            ? new UnderLoad(throughputSps, response)
            : UnderLoad.ABSENT,
        resident,
        energy,
        forks,
        samples);
  }

  private Latency withReference(ReferenceMedians references) {
    ReferenceRatio reference = latency.reference();
    if (Double.isNaN(reference.ratio())) {
      return latency;
    }
    return new Latency(
        latency.medianMs(),
        new ReferenceRatio(
            reference.ratio(),
            reference.ci95Low(),
            reference.ci95High(),
            references.medianMs(key.threads())),
        latency.rawMs(),
        latency.ci95LowMs(),
        latency.ci95HighMs(),
        latency.meanMs(),
        latency.stdMs(),
        latency.percentiles());
  }

  private Startup withLoad() {
    if (Double.isNaN(warmLoadMs) || !Double.isNaN(startup.modelLoadMs())) {
      return startup;
    }
    return new Startup(
        startup.coldStartMs(), startup.ci95LowMs(), startup.ci95HighMs(), warmLoadMs);
  }
}
