package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.math.BigDecimal;
import java.util.function.ToDoubleFunction;

/**
 * What a picture shows upwards, in the unit that it is shown in: accuracy, of which more is better,
 * or model memory where accuracy was not measured, of which less is.
 */
final class VerticalAxis {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final boolean accuracy;
  private final Unit memory;

  VerticalAxis(Findings findings) {
    this.accuracy = findings.hasAccuracy();
    this.memory = Axis.MEMORY.unit(findings.rows());
  }

  double value(SweepRow row) {
    return shown(row, shown -> shown.accuracy().top1());
  }

  /**
   * Returns the lower end of the 95 % interval; NaN where none is known, or for what is counted.
   */
  double low(SweepRow row) {
    return accuracy ? shown(row, shown -> shown.accuracy().ci95Low()) : Double.NaN;
  }

  /** Returns the upper end of the 95 % interval, likewise. */
  double high(SweepRow row) {
    return accuracy ? shown(row, shown -> shown.accuracy().ci95High()) : Double.NaN;
  }

  private double shown(SweepRow row, ToDoubleFunction<SweepRow> share) {
    return accuracy ? share.applyAsDouble(row) * 100 : memory.of(Axis.MEMORY.value(row));
  }

  /** Returns the title as it reads inside a sentence. */
  String phrase() {
    return accuracy ? "accuracy" : Axis.MEMORY.phrase();
  }

  String title() {
    return accuracy ? "Top-1 accuracy (%)" : Axis.MEMORY.title() + " (" + memory.symbol() + ")";
  }

  /** Returns the value with its unit. */
  String figure(SweepRow row) {
    return accuracy
        ? Numbers.fixed(value(row), 1) + " %"
        : Numbers.significant(value(row), 3) + " " + memory.symbol();
  }

  /** Returns whether values can be as {@code tick} is; others are in the margin. */
  boolean reaches(BigDecimal tick) {
    return tick.signum() >= 0 && (!accuracy || tick.compareTo(HUNDRED) <= 0);
  }

  /** Returns the edge of the picture where the worst values are, from which a frontier sets out. */
  double worstEdge() {
    return accuracy ? PlotArea.BOTTOM : PlotArea.TOP;
  }
}
