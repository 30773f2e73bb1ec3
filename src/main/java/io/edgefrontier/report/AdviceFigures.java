package io.edgefrontier.report;

import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.EnergyBasis;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.LimitFigures;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** Cells, figures and limits of an advice as they read in a sentence. */
final class AdviceFigures {
  private static final int DIGITS = 4;
  private static final int PLACES = 2;

  private final LimitFigures figures;
  private final List<SweepRow> rows;

  AdviceFigures(Advice advice) {
    this.figures = advice.figures();
    this.rows = advice.rows();
  }

  /** Returns the variant, and what else tells the cell from others of the run. */
  String name(SweepRow row) {
    Cell cell = row.cell();
    return cell.variant().id()
        + (varies(Cell::batchSize) ? " at batch size " + cell.batchSize() : "")
        + (varies(Cell::threads) ? " on " + threads(cell) : "");
  }

  static String threads(Cell cell) {
    return cell.threads() == 1 ? "1 engine thread" : cell.threads() + " engine threads";
  }

  boolean varies(Function<Cell, Integer> part) {
    return rows.stream().map(row -> part.apply(row.cell())).distinct().count() > 1;
  }

  /** Returns a figure with its interval where one is known. */
  String figure(LimitKind kind, SweepRow row) {
    Interval interval = figures.interval(kind, row);
    String point = value(kind, figures.point(kind, row));
    return interval.isPresent() && interval.low() < interval.high()
        ? "%s [%s, %s]"
            .formatted(point, number(kind, interval.low()), number(kind, interval.high()))
        : point;
  }

  /** Returns a value with its unit. */
  static String value(LimitKind kind, double value) {
    return number(kind, value) + Paragraph.TIED_SPACE + unit(kind);
  }

  /**
   * Returns a bound that a cell with this figure keeps: rounded up for a cost, down for accuracy.
   */
  static String bound(LimitKind kind, double figure) {
    BigDecimal shown = BigDecimal.valueOf(figure).movePointRight(shift(kind));
    BigDecimal rounded =
        switch (kind) {
          case MIN_ACCURACY -> shown.setScale(PLACES, RoundingMode.FLOOR);
          case MAX_ACCURACY_DROP -> shown.setScale(PLACES, RoundingMode.CEILING);
          case MAX_LATENCY_MS, MAX_MEMORY_MB, MAX_ENERGY_J ->
              shown.round(new MathContext(DIGITS, RoundingMode.CEILING));
        };
    return rounded.toPlainString() + Paragraph.TIED_SPACE + unit(kind);
  }

  /** Returns the decimal places between a figure and what is shown of it. */
  private static int shift(LimitKind kind) {
    return switch (kind) {
      case MAX_LATENCY_MS, MAX_MEMORY_MB -> 0;
      case MAX_ENERGY_J -> 3;
      case MIN_ACCURACY, MAX_ACCURACY_DROP -> 2;
    };
  }

  /** Returns a change with its sign and unit. */
  static String change(LimitKind kind, double value) {
    return (value < 0 ? "" : "+") + value(kind, value);
  }

  /** Energy is told in millijoules, as it is in tables. */
  private static String number(LimitKind kind, double value) {
    return switch (kind) {
      case MAX_LATENCY_MS, MAX_MEMORY_MB -> Numbers.significant(value, DIGITS);
      case MAX_ENERGY_J -> Numbers.significant(value * 1000, DIGITS);
      case MIN_ACCURACY, MAX_ACCURACY_DROP -> Numbers.fixed(100 * value, PLACES);
    };
  }

  static String unit(LimitKind kind) {
    return switch (kind) {
      case MAX_LATENCY_MS -> "ms";
      case MAX_MEMORY_MB -> "MiB";
      case MAX_ENERGY_J -> "mJ";
      case MIN_ACCURACY -> "%";
      case MAX_ACCURACY_DROP -> "pp";
    };
  }

  /** Returns a share per unit of cost as percentage points per {@link #unit}. */
  static String rate(LimitKind cost, double sharePerCost) {
    double points = 100 * sharePerCost / (cost == LimitKind.MAX_ENERGY_J ? 1000 : 1);
    return Numbers.significant(points, 3) + Paragraph.TIED_SPACE + "pp per " + unit(cost);
  }

  static String points(double share) {
    return change(LimitKind.MAX_ACCURACY_DROP, share);
  }

  /** Returns a limit as an inequality; its bound as it was given. */
  static String limit(LimitKind kind, double bound) {
    BigDecimal shown = BigDecimal.valueOf(bound).movePointRight(shift(kind)).stripTrailingZeros();
    return "%s %s %s\u00A0%s"
        .formatted(
            kind.phrase(),
            kind == LimitKind.MIN_ACCURACY ? ">=" : "<=",
            shown.toPlainString(),
            unit(kind));
  }

  /** Returns how a cell's costs compare with another's. */
  String against(SweepRow candidate, SweepRow reference) {
    return "%s, %s, %s"
        .formatted(
            ratio(LimitKind.MAX_LATENCY_MS, candidate, reference),
            ratio(LimitKind.MAX_MEMORY_MB, candidate, reference),
            accuracy(candidate.accuracy().top1() - reference.accuracy().top1()));
  }

  private static String accuracy(double change) {
    return change == 0 ? "the same accuracy" : points(change) + " accuracy";
  }

  String ratio(LimitKind kind, SweepRow row, SweepRow other) {
    double ratio = figures.point(kind, row) / figures.point(kind, other);
    return ratio == 1
        ? "the same " + kind.phrase()
        : Numbers.significant(ratio, 3) + " times the " + kind.phrase();
  }

  /** Returns where energies come from. */
  String energySource(SweepRow row) {
    return figures.energy() == EnergyBasis.MEASURED
        ? "measured by " + row.energy().source()
        : "modelled: assumed power times latency";
  }
}
