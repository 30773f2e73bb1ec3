package io.edgefrontier.track;

import io.edgefrontier.analysis.Bootstrap;
import io.edgefrontier.analysis.DetectableShift;
import io.edgefrontier.analysis.Holm;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.SignedRank;
import io.edgefrontier.analysis.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges latency again by forks that timed both archives in turns, and by these alone.
 *
 * <p>Each fork gives one ratio, candidate to baseline, from which the process and the machine's
 * drift have gone. REGRESSED if the exact signed-rank p-value of the log ratios, adjusted by Holm
 * over the confirmed cells, is below 5 %, their median is above 1 + delta, its 95 % bootstrap
 * interval above 1 and the change beyond the floor; IMPROVED likewise the other way.
 */
public final class Confirmation {
  private static final double SD_PER_MAD = 1.4826;

  /** 0.84 standard errors of a median of 7. */
  private static final double MEDIANS_SHARE = 0.4;

  /** What forks of two builds should show, in multiples of delta. */
  private static final double TARGET = 2.5;

  private final Deltas deltas;
  private final Map<String, double[]> ratios = new LinkedHashMap<>();
  private final Map<String, String> unconfirmed = new LinkedHashMap<>();
  private final List<TrackedCell> buildsBefore = new ArrayList<>();
  private final List<TrackedCell> buildsNow = new ArrayList<>();

  /**
   * @param deltas that decided what to confirm
   */
  public Confirmation(Deltas deltas) {
    this.deltas = deltas;
  }

  /** Returns the keys of the cells whose latency has to be confirmed. */
  public static List<String> toConfirm(RunComparison comparison) {
    return comparison
        .metrics()
        .filter(metric -> metric.metric() == Metric.LATENCY)
        .filter(
            metric ->
                metric.verdict() == Verdict.REGRESSED || metric.verdict() == Verdict.INCONCLUSIVE)
        .sorted((a, b) -> a.verdict().compareTo(b.verdict()))
        .map(MetricVerdict::key)
        .toList();
  }

  /** Returns the fewest forks with which so many cells can show anything at all. */
  public static int forksNeeded(int cells) {
    int forks = 6;
    while (cells * Math.pow(2, 1 - forks) >= SampledRule.LEVEL) {
      forks++;
    }
    return forks;
  }

  /**
   * Takes the ratios of a cell.
   *
   * @param candidateToBaseline one per fork, each > 0
   */
  public void add(String key, double... candidateToBaseline) {
    ratios.put(key, candidateToBaseline.clone());
  }

  /**
   * Takes the forks of a cell by two builds, which are compared by the rule of all comparisons.
   *
   * @param baseline one run for each fork
   * @param candidate likewise
   * @throws IllegalArgumentException if no fork gave a latency
   */
  public void addBuilds(String key, List<TrackedRun> baseline, List<TrackedRun> candidate) {
    buildsBefore.add(PooledRuns.ofForks(key, baseline));
    buildsNow.add(PooledRuns.ofForks(key, candidate));
  }

  /**
   * Returns whether so many forks of two builds would show a slow-down of 2.5 times delta in 80 %
   * of runs. It looks at each side's spread, and not at how far the sides are apart: so measuring
   * on until it holds raises no more false alarms than a number of forks that was fixed before.
   *
   * @throws IllegalArgumentException if no fork gave a latency
   */
  public boolean canTell(String key, List<TrackedRun> baseline, List<TrackedRun> candidate) {
    Sample before = PooledRuns.ofForks(key, baseline).samples().get(Metric.LATENCY);
    Sample now = PooledRuns.ofForks(key, candidate).samples().get(Metric.LATENCY);
    boolean paired = SampledPair.basis(before, now) == Basis.RATIO;
    double spread =
        paired
            ? DetectableShift.spread(before.ratios(), now.ratios())
            : DetectableShift.spread(before.values(), now.values());
    double delta = deltas.smallest(Metric.LATENCY, before.typical());
    return DetectableShift.of(before.forks(), now.forks(), 1).share(spread, delta)
        <= TARGET * delta;
  }

  /** Says why a cell could not be confirmed. */
  public void leaveOpen(String key, String reason) {
    unconfirmed.put(key, reason);
  }

  /**
   * Returns the comparison with what was confirmed in place of what was to be. A cell that could
   * not be confirmed is INCONCLUSIVE: a suspicion fails no build.
   */
  public RunComparison applyTo(RunComparison comparison) {
    Map<String, Double> adjusted = adjusted();
    Map<String, MetricVerdict> byBuilds = byBuilds(comparison);
    List<CellComparison> cells = new ArrayList<>();
    for (CellComparison cell : comparison.cells()) {
      boolean touched =
          ratios.containsKey(cell.key())
              || unconfirmed.containsKey(cell.key())
              || byBuilds.containsKey(cell.key());
      cells.add(touched ? CellComparison.of(cell.key(), metrics(cell, adjusted, byBuilds)) : cell);
    }
    return new RunComparison(comparison.baseline(), comparison.candidate(), cells);
  }

  private Map<String, MetricVerdict> byBuilds(RunComparison comparison) {
    Map<String, MetricVerdict> verdicts = new LinkedHashMap<>();
    RunComparison.of(
            with(comparison.baseline(), buildsBefore),
            with(comparison.candidate(), buildsNow),
            deltas)
        .metrics()
        .forEach(metric -> verdicts.put(metric.key(), metric));
    return verdicts;
  }

  private static TrackedRun with(TrackedRun run, List<TrackedCell> cells) {
    return new TrackedRun(run.name(), run.machineId(), run.time(), run.commit(), cells);
  }

  private List<MetricVerdict> metrics(
      CellComparison cell, Map<String, Double> adjusted, Map<String, MetricVerdict> byBuilds) {
    List<MetricVerdict> metrics = new ArrayList<>();
    for (MetricVerdict metric : cell.metrics()) {
      if (metric.metric() != Metric.LATENCY) {
        metrics.add(metric);
      } else if (ratios.containsKey(cell.key())) {
        metrics.add(judged(metric, ratios.get(cell.key()), adjusted.get(cell.key())));
      } else if (byBuilds.containsKey(cell.key())) {
        MetricVerdict again = byBuilds.get(cell.key());
        String reason =
            Stream.of("judged by forks of both builds in turns", again.reason())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        metrics.add(with(metric, again.verdict(), again.effect(), reason));
      } else {
        String reason = "not confirmed: " + unconfirmed.get(cell.key());
        metrics.add(with(metric, Verdict.INCONCLUSIVE, metric.effect(), reason));
      }
    }
    return metrics;
  }

  private Map<String, Double> adjusted() {
    double[] pValues = ratios.values().stream().mapToDouble(Confirmation::pValue).toArray();
    double[] adjusted = Holm.adjust(pValues);
    Map<String, Double> byKey = new LinkedHashMap<>();
    int i = 0;
    for (String key : ratios.keySet()) {
      byKey.put(key, adjusted[i++]);
    }
    return byKey;
  }

  private static double pValue(double[] ratios) {
    return SignedRank.pValue(Arrays.stream(ratios).map(Math::log).toArray());
  }

  private MetricVerdict judged(MetricVerdict metric, double[] forks, double adjustedP) {
    double median = Statistics.median(forks);
    Interval interval = Bootstrap.ofMedian(forks);
    Effect effect =
        new Effect(
            median,
            interval,
            pValue(forks),
            adjustedP,
            detectable(forks, deltas.smallest(Metric.LATENCY, metric.baseline())),
            Basis.RATIO,
            forks.length,
            forks.length);
    String reason = "judged by %d forks that timed both archives in turns".formatted(forks.length);
    return with(metric, verdict(median, interval, adjustedP, metric.baseline()), effect, reason);
  }

  /**
   * Returns the slow-down that so few forks show in 80 % of runs: all of them have to be above 1,
   * which takes two standard deviations for 6 to 10 forks, and their median above 1 + delta.
   */
  private static double detectable(double[] forks, double delta) {
    double median = Statistics.median(forks);
    double[] deviations = Arrays.stream(forks).map(ratio -> Math.abs(ratio / median - 1)).toArray();
    double spread = SD_PER_MAD * Statistics.median(deviations);
    return Math.max(2 * spread, delta + MEDIANS_SHARE * spread);
  }

  private Verdict verdict(double median, Interval interval, double adjustedP, double baselineMs) {
    if (adjustedP < SampledRule.LEVEL && deltas.matters(Metric.LATENCY, median, baselineMs)) {
      if (interval.low() > 1) {
        return Verdict.REGRESSED;
      } else if (interval.high() < 1) {
        return Verdict.IMPROVED;
      }
    }
    boolean open =
        !interval.isPresent()
            || deltas.matters(Metric.LATENCY, interval.low(), baselineMs)
            || deltas.matters(Metric.LATENCY, interval.high(), baselineMs);
    return open ? Verdict.INCONCLUSIVE : Verdict.UNCHANGED;
  }

  private static MetricVerdict with(
      MetricVerdict metric, Verdict verdict, Effect effect, String reason) {
    return new MetricVerdict(
        metric.key(),
        metric.metric(),
        verdict,
        metric.baseline(),
        metric.candidate(),
        effect,
        reason);
  }
}
