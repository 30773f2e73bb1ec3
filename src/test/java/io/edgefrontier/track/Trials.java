package io.edgefrontier.track;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Runs made up of random forks, to count how often a rule is right.
 *
 * <p>A run has {@value #CELLS} cells of 10 forks. Forks have a standard deviation of 2 %, and 5 %
 * of them take 1.2 to 1.5 times as long, on both sides. A shift is one of the first cells of the
 * candidate: with one such cell Holm's adjustment is at its hardest.
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

  /** Says of each cell whether it is slower. */
  record Rule(String name, BiFunction<TrackedRun, TrackedRun, List<Boolean>> flags) {}

  /** The usual rule. */
  static final Rule MEANS =
      new Rule(
          "ratio of means > 5 %",
          (baseline, candidate) -> {
            List<Boolean> flags = new ArrayList<>();
            for (int i = 0; i < CELLS; i++) {
              flags.add(mean(candidate.cells().get(i)) / mean(baseline.cells().get(i)) > 1.05);
            }
            return flags;
          });

  private static double mean(TrackedCell cell) {
    return Arrays.stream(cell.samples().get(Metric.LATENCY).values()).average().orElseThrow();
  }

  /** The rule of tracking. */
  static Rule tracking(double delta) {
    Deltas deltas = Deltas.defaults().with(Metric.LATENCY, delta);
    return new Rule(
        String.format(Locale.ROOT, "REGRESSED, delta %.0f %%", 100 * delta),
        (baseline, candidate) ->
            RunComparison.of(baseline, candidate, deltas)
                .metrics()
                .map(cell -> cell.verdict() == Verdict.REGRESSED)
                .toList());
  }

  /**
   * How often a rule flags cells.
   *
   * @param falseAlarms share of runs with any unchanged cell flagged
   * @param caught share of the slower cells that are flagged
   */
  record Rates(double falseAlarms, double caught) {}

  /** Returns a run whose first cells are slower. */
  private TrackedRun run(Random random, int slower, double factor) {
    List<TrackedCell> cells = new ArrayList<>();
    for (int cell = 0; cell < CELLS; cell++) {
      double ms = cell < slower ? MS * factor : MS;
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

  /**
   * Returns the rates of a rule; the same forks for each rule.
   *
   * @param slower how many cells of the candidate are slower
   * @param shift by which share they are
   */
  Rates of(Rule rule, int slower, double shift) {
    Random random = new Random(SEED);
    int alarmed = 0;
    int caught = 0;
    for (int trial = 0; trial < trials; trial++) {
      TrackedRun baseline = run(random, 0, 1);
      TrackedRun candidate = run(random, slower, 1 + shift);
      List<Boolean> flags = rule.flags().apply(baseline, candidate);
      alarmed += flags.subList(slower, CELLS).contains(true) ? 1 : 0;
      caught += Collections.frequency(flags.subList(0, slower), true);
    }
    return new Rates((double) alarmed / trials, (double) caught / (trials * Math.max(1, slower)));
  }

  /** Returns a row for each rule. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| rule | false alarms | shift in | +3 % | +5 % | +7 % | +10 % |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (Rule rule : List.of(tracking(0.02), tracking(0.03), tracking(0.05), MEANS)) {
      for (int slower : new int[] {1, 4, CELLS}) {
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %.1f %% | %d of %d |",
                rule.name(),
                100 * of(rule, 0, 0).falseAlarms(),
                slower,
                CELLS));
        for (double shift : new double[] {0.03, 0.05, 0.07, 0.10}) {
          double caught = of(rule, slower, shift).caught();
          table.append(String.format(Locale.ROOT, " %.1f %% |", 100 * caught));
        }
        table.append('\n');
      }
    }
    return table.toString();
  }

  public static void main(String[] args) {
    System.out.print(ofTheIssue(Integer.parseInt(args[0])).table());
  }
}
