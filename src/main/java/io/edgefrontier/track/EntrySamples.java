package io.edgefrontier.track;

import io.edgefrontier.analysis.ForkSamples;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.JmhResult;
import java.util.stream.DoubleStream;

/** The samples of an entry of any project's JMH file, by its mode. */
final class EntrySamples {
  private static final double MS_PER_S = 1000;
  private static final String OWN = "io.edgefrontier.bench.";

  private EntrySamples() {}

  /** Adds one value per fork to the draft, or why there is none. */
  static void add(JmhResult entry, CellDraft draft) {
    JmhMetric primary = entry.primary();
    if (!primary.isTime()) {
      draft.fail("score unit '%s' is neither a time nor a rate".formatted(primary.unit()));
      return;
    }
    switch (entry.mode()) {
      case "thrpt" ->
          draft.sample(
              Metric.THROUGHPUT,
              orScore(
                  scaled(ForkSamples.meanRates(primary), MS_PER_S), MS_PER_S / primary.score()));
      case "avgt", "ss" ->
          draft.sample(Metric.LATENCY, orScore(ForkSamples.means(primary), primary.score()));
      case "sample" -> addLatency(entry, draft);
      default ->
          draft.fail("mode '%s', expected thrpt, avgt, sample or ss".formatted(entry.mode()));
    }
    if (draft.isEmpty()) {
      draft.fail("has neither raw data nor a score");
    }
  }

  /** Adds service times: medians and tails of the forks, paired where Edge Frontier paired them. */
  private static void addLatency(JmhResult entry, CellDraft draft) {
    double[] medians = ForkSamples.medians(entry.primary());
    boolean own = entry.benchmark().startsWith(OWN);
    double[] ratios = own ? ForkSamples.ratios(entry) : new double[0];
    if (ratios.length > 0) {
      draft.paired(Metric.LATENCY, ratios, Statistics.median(medians));
    } else {
      draft.sample(Metric.LATENCY, orScore(medians, summary(entry.primary())));
    }
    draft.sample(Metric.LATENCY_P99, ForkSamples.tails(entry.primary(), 99));
  }

  private static double summary(JmhMetric metric) {
    return Double.isNaN(metric.median()) ? metric.score() : metric.median();
  }

  /** Without raw data JMH's own summary stands for one fork. */
  private static double[] orScore(double[] forks, double score) {
    return forks.length > 0 || Double.isNaN(score) ? forks : new double[] {score};
  }

  static double[] scaled(double[] values, double factor) {
    return DoubleStream.of(values).map(value -> value * factor).toArray();
  }
}
