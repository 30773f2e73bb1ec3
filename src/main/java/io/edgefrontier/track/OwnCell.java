package io.edgefrontier.track;

import io.edgefrontier.analysis.BenchmarkKind;
import io.edgefrontier.analysis.CellKey;
import io.edgefrontier.analysis.ForkSamples;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.JmhResult;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One cell of an Edge Frontier run: the entries of one variant at one batch size and threads. */
final class OwnCell {
  private static final double MS_PER_S = 1000;

  private final CellKey key;
  private final CellDraft draft = new CellDraft();
  private final Set<BenchmarkKind> kinds = EnumSet.noneOf(BenchmarkKind.class);
  private double[] ratios = {};
  private double[] medians = {};
  private double[] warmPeaks = {};

  OwnCell(CellKey key) {
    this.key = key;
  }

  CellKey key() {
    return key;
  }

  CellDraft draft() {
    return draft;
  }

  /**
   * Adds an entry, but for the open loop, which is no figure of a closed one.
   *
   * @param setup how JMH ran it
   * @throws IllegalArgumentException if there was one of its kind before
   */
  void add(BenchmarkKind kind, JmhResult entry, Map<String, String> setup) {
    if (!kinds.add(kind)) {
      throw new IllegalArgumentException(
          "repeats an earlier entry of %s; each cell may occur once".formatted(entry.benchmark()));
    }
    draft.setup(setup, kind == BenchmarkKind.LATENCY ? "" : kind.name().toLowerCase(Locale.ROOT));
    JmhMetric primary = entry.primary();
    switch (kind) {
      case LATENCY -> addLatency(entry);
      case COLD_START -> addColdStart(entry);
      case THROUGHPUT ->
          draft.sample(
              Metric.THROUGHPUT,
              EntrySamples.scaled(ForkSamples.rates(primary), key.batchSize() * MS_PER_S));
      case ENERGY ->
          draft.sample(
              Metric.ENERGY,
              EntrySamples.scaled(ForkSamples.energies(entry), 1.0 / key.batchSize()));
      case OPEN_LOOP -> throw new IllegalArgumentException("the open loop is a cell of its own");
    }
  }

  private void addLatency(JmhResult entry) {
    EntrySamples.add(entry, draft);
    ratios = ForkSamples.ratios(entry);
    medians = ForkSamples.medians(entry.primary());
    warmPeaks = ForkSamples.highest(entry.secondary("rss.peak"));
  }

  private void addColdStart(JmhResult entry) {
    draft.sample(Metric.PEAK_RSS, ForkSamples.highest(entry.secondary("rss.peak")));
    // JMH's -i makes it repeat: what it then counts is warm.
    if (entry.primary().forks().stream().allMatch(fork -> fork.total() == 1)) {
      draft.sample(Metric.COLD_START, ForkSamples.medians(entry.primary()));
    }
  }

  /**
   * Completes the cell when all entries are read.
   *
   * @param referenceMs the reference's median over the run; NaN without one
   */
  void finish(double referenceMs) {
    if (ratios.length > 0) {
      draft.paired(Metric.LATENCY, ratios, medians, Statistics.median(ratios) * referenceMs);
    }
    // Forks of latency may hold the reference, too; those of cold starts never do.
    if (!draft.has(Metric.PEAK_RSS)) {
      draft.sample(Metric.PEAK_RSS, warmPeaks);
    }
    draft.condition("threads", String.valueOf(key.threads()));
  }
}
