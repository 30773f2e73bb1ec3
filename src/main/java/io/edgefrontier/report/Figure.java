package io.edgefrontier.report;

import io.edgefrontier.analysis.Bootstrap;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.track.Answers;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.Sample;
import io.edgefrontier.track.TrackedCell;
import java.util.ArrayList;
import java.util.List;

/**
 * One metric of one cell of a run, for other programs.
 *
 * @param value in the metric's unit
 * @param interval 95 %, in the same unit; absent where there is none
 * @param evidence what it rests on, such as {@code 10 forks}; empty for an exact figure
 */
record Figure(Metric metric, double value, Interval interval, String evidence) {
  /** Returns the figures of a cell, in the order of the metrics; none of a failed one. */
  static List<Figure> of(TrackedCell cell) {
    List<Figure> figures = new ArrayList<>();
    if (cell.isFailed()) {
      return figures;
    }
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case SAMPLED -> {
          if (cell.samples().containsKey(metric)) {
            figures.add(of(metric, cell.samples().get(metric)));
          }
        }
        case EXACT -> {
          if (cell.exact().containsKey(metric)) {
            figures.add(new Figure(metric, cell.exact().get(metric), Interval.ABSENT, ""));
          }
        }
        case ACCURACY -> {
          if (cell.answers().samples() > 0) {
            figures.add(of(cell.answers()));
          }
        }
      }
    }
    return figures;
  }

  private static Figure of(Metric metric, Sample sample) {
    double[] forks = sample.isPaired() ? sample.ratios() : sample.values();
    double unit = sample.typical() / Statistics.median(forks);
    return new Figure(
        metric,
        sample.typical(),
        times(Bootstrap.ofMedian(forks), unit),
        sample.forks() + " forks");
  }

  private static Figure of(Answers answers) {
    return new Figure(
        Metric.ACCURACY,
        answers.accuracy(),
        Statistics.wilson(answers.right(), answers.samples()),
        answers.samples() + " samples");
  }

  /** Returns the figure in another unit. */
  Figure times(double factor) {
    return new Figure(metric, value * factor, times(interval, factor), evidence);
  }

  private static Interval times(Interval interval, double factor) {
    return new Interval(interval.low() * factor, interval.high() * factor);
  }

  /** Returns the time per operation, of operations per time: ms of 1/s. */
  Figure inverted() {
    return new Figure(
        metric,
        1000 / value,
        new Interval(1000 / interval.high(), 1000 / interval.low()),
        evidence);
  }

  /** Returns the share that is missing to 1. */
  Figure complement() {
    return new Figure(
        metric, 1 - value, new Interval(1 - interval.high(), 1 - interval.low()), evidence);
  }
}
