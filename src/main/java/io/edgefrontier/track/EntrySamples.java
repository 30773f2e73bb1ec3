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
    Metric time = isOwn(entry) ? Metric.LATENCY : Metric.OPERATION_TIME;
    switch (entry.mode()) {
      case "thrpt" ->
          draft.sample(
              Metric.THROUGHPUT,
              orScore(
                  scaled(ForkSamples.meanRates(primary), MS_PER_S), MS_PER_S / primary.score()));
      case "avgt", "ss" -> draft.sample(time, orScore(ForkSamples.means(primary), primary.score()));
      case "sample" -> addCalls(entry, time, draft);
      default ->
          draft.fail("mode '%s', expected thrpt, avgt, sample or ss".formatted(entry.mode()));
    }
    if (draft.isEmpty()) {
      draft.fail("has neither raw data nor a score");
    }
  }

  private static boolean isOwn(JmhResult entry) {
    return entry.benchmark().startsWith(OWN);
  }

  /** Adds times of single calls: medians and tails of the forks, paired where we paired them. */
  private static void addCalls(JmhResult entry, Metric time, CellDraft draft) {
    double[] medians = ForkSamples.medians(entry.primary());
    double[] ratios = isOwn(entry) ? ForkSamples.ratios(entry) : new double[0];
    if (ratios.length > 0) {
      draft.paired(time, ratios, medians, Statistics.median(medians));
    } else {
      draft.sample(time, orScore(medians, summary(entry.primary())));
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
