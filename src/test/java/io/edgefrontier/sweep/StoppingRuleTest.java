package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.analysis.Bootstrap;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.result.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds when a cell has enough forks against theory and simulation. */
class StoppingRuleTest {
  /**
   * The standard error of the median of n normal values is sqrt(pi / 2n) times their deviation, so
   * a half-width of 1.96 of it reaches the target at n = pi / 2 * (1.96 * CV / target)^2.
   */
  @ParameterizedTest
  @CsvSource({"0.03, 0.02", "0.04, 0.02"})
  void takesAboutAsManyForksAsTheorySays(double variation, double target) {
    List<Cell> cells = SimulatedSweep.cells(16);
    Effort effort = new Effort(5, 60, target, Optional.empty(), 0, 0, 0, 0);
    double forks = 0;
    int trials = 10;
    for (int trial = 0; trial < trials; trial++) {
      forks +=
          new SimulatedSweep(cells, effort, Ranking.UNKNOWN, trial)
              .scores(cell -> 1, variation)
              .run()
              .size();
    }

    double theory = Math.PI / 2 * Math.pow(1.96 * variation / target, 2);
    // Stopping at the first interval that is narrow enough favours those that are so by luck.
    double ratio = forks / trials / cells.size() / theory;
    assertTrue(ratio > 0.6 && ratio < 1.1, "%.2f of %.1f forks".formatted(ratio, theory));
  }

  /**
   * The interval of five forks covers the median in 15 of 16 cases; stopping as soon as it is
   * narrow costs some of that, most where about half of the cells stop at the minimum.
   */
  @ParameterizedTest
  @CsvSource({"3, 0.01, 0.73", "4, 0.01, 0.85", "5, 0.01, 0.91", "5, 0.02, 0.89", "5, 0.04, 0.84"})
  void coversTheMedianAboutAsOftenAsTheMinimumOfForksAllows(
      int minForks, double variation, double least) {
    List<Cell> cells = SimulatedSweep.cells(16);
    Effort effort = new Effort(minForks, 20, 0.02, Optional.empty(), 0, 0, 0, 0);
    int covered = 0;
    int trials = 60;
    for (int trial = 0; trial < trials; trial++) {
      Map<Cell, List<Double>> scores = new HashMap<>();
      new SimulatedSweep(cells, effort, Ranking.UNKNOWN, trial)
          .scores(cell -> 1, variation)
          .run()
          .forEach(
              event ->
                  scores
                      .computeIfAbsent(event.fork().cell(), cell -> new ArrayList<>())
                      .add(event.score()));
      for (List<Double> ofCell : scores.values()) {
        Interval interval =
            Bootstrap.ofMedian(ofCell.stream().mapToDouble(Double::doubleValue).toArray());
        covered += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
      }
    }

    double share = (double) covered / trials / cells.size();
    assertTrue(share >= least - 0.03, "%.3f".formatted(share)); // 2 standard errors
  }
}
