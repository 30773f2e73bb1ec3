package io.edgefrontier.track;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Runs made up of random forks, to count how often a rule is right.
 *
 * <p>A run has {@value #CELLS} cells of 10 forks. Forks have a standard deviation of 2 %, and 5 %
 * of them take 1.2 to 1.5 times as long, on both sides. In a trial with a shift one cell of the
 * candidate is slower by it, so that Holm's adjustment is at its hardest.
 *
 * <pre>
 * java -cp target/test-classes:target/benchmarks.jar io.edgefrontier.track.Trials 2000
 * </pre>
 */
final class Trials {
  static final int CELLS = 16;
  private static final long SEED = 20261125;
  private static final double MS = 2;

  private final int trials;
  private final int forks;
  private final double outliers;

  Trials(int trials, int forks, double outliers) {
    this.trials = trials;
    this.forks = forks;
    this.outliers = outliers;
  }

  static Trials ofTheIssue(int trials) {
    return new Trials(trials, 10, 0.05);
  }

  /** A rule, as a table shows it. */
  record Rule(String name, Deltas deltas, Predicate<MetricVerdict> flags) {}

  static Rule tracking(double delta) {
    return new Rule(
        String.format(Locale.ROOT, "REGRESSED, delta %.0f %%", delta * 100),
        Deltas.defaults().with(Metric.LATENCY, delta),
        cell -> cell.verdict() == Verdict.REGRESSED);
  }

  /** Of 16 cells, the share of runs in which any unchanged one is flagged, and of hits. */
  record Rates(double falseAlarms, double caught) {}

  /** One trial: all cells, the last of which is slower. */
  private TrackedRun run(Random random, double factor) {
    List<TrackedCell> cells = new ArrayList<>();
    for (int cell = 0; cell < CELLS; cell++) {
      double ms = cell == CELLS - 1 ? MS * factor : MS;
      cells.add(cell("cell " + cell, Sample.of(draw(random, ms))));
    }
    return new TrackedRun("run", "machine", Instant.EPOCH, "", cells);
  }

  private double[] draw(Random random, double ms) {
    double[] values = new double[forks];
    Arrays.setAll(
        values,
        i -> {
          double outlier = random.nextDouble() < outliers ? 1.2 + 0.3 * random.nextDouble() : 1;
          return ms * outlier * Math.exp(0.02 * random.nextGaussian());
        });
    return values;
  }

  static TrackedCell cell(String key, Sample latency) {
    return new TrackedCell(
        key, Map.of(), Map.of(Metric.LATENCY, latency), Map.of(), Answers.NONE, "");
  }

  Rates of(Rule rule, double shift) {
    Random random = new Random(SEED);
    int alarmed = 0;
    int caught = 0;
    for (int trial = 0; trial < trials; trial++) {
      TrackedRun baseline = run(random, 1);
      TrackedRun candidate = run(random, 1 + shift);
      List<Boolean> flags =
          RunComparison.of(baseline, candidate, rule.deltas())
              .metrics()
              .map(rule.flags()::test)
              .toList();
      alarmed +=
          flags.subList(0, CELLS - 1).contains(true) || shift == 0 && flags.get(CELLS - 1) ? 1 : 0;
      caught += flags.get(CELLS - 1) ? 1 : 0;
    }
    return new Rates((double) alarmed / trials, (double) caught / trials);
  }

  public static void main(String[] args) {
    Trials trials = ofTheIssue(Integer.parseInt(args[0]));
    for (double delta : new double[] {0.02, 0.03, 0.05}) {
      Rule rule = tracking(delta);
      StringBuilder row = new StringBuilder(rule.name());
      for (double shift : new double[] {0, 0.05, 0.06, 0.07, 0.08, 0.10}) {
        Rates r = trials.of(rule, shift);
        row.append(
            String.format(
                Locale.ROOT,
                "  +%.0f%%: alarms %.3f caught %.3f",
                shift * 100,
                r.falseAlarms(),
                r.caught()));
      }
      System.out.println(row);
    }
  }
}
