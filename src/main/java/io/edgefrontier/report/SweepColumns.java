package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The columns of the result table: first those that name the cell, then what was found of it. */
final class SweepColumns {
  /** Title of the column that says accepted or rejected. */
  static final String VERDICT = "budget";

  private static final int DIGITS = 3;

  /** A list of violated budgets longer than this is told by its largest. */
  private static final int LONGEST_LIST = 12;

  private final Findings findings;

  SweepColumns(Findings findings) {
    this.findings = findings;
  }

  /** Returns the columns that say which cell a row is about; failed rows have them too. */
  List<Column> naming() {
    List<Column> columns = new ArrayList<>();
    if (findings.varies(cell -> cell.variant().model())) {
      columns.add(Column.words("model", "", row -> row.cell().variant().model()));
    }
    columns.add(pruning());
    columns.add(Column.words("precision", "", row -> row.cell().variant().precision().label()));
    if (findings.varies(Cell::batchSize)) {
      columns.add(Column.number("batch", "", row -> Integer.toString(row.cell().batchSize())));
    }
    if (findings.varies(Cell::threads)) {
      columns.add(Column.number("threads", "", row -> Integer.toString(row.cell().threads())));
    }
    return columns;
  }

  private Column pruning() {
    int places =
        findings.rows().stream()
            .map(row -> Numbers.plain(row.cell().variant().pruningLevel()))
            .mapToInt(level -> level.contains(".") ? level.length() - level.indexOf('.') - 1 : 0)
            .max()
            .orElse(0);
    return Column.number(
        "pruning", "level", row -> Numbers.fixed(row.cell().variant().pruningLevel(), places));
  }

  /** Returns the columns that say what was found. */
  List<Column> findings() {
    List<Column> columns = new ArrayList<>();
    columns.add(latency());
    if (findings.hasReference()) {
      columns.add(ratio());
    }
    if (findings.rows().stream()
        .anyMatch(row -> !Double.isNaN(row.latency().percentiles().p99Ms()))) {
      columns.add(
          plain("p99", Unit.MILLISECOND, row -> row.latency().percentiles().p99Ms()).dropped(1));
    }
    if (findings.hasAccuracy()) {
      columns.add(accuracy());
    }
    if (findings.hasAgreement()) {
      columns.add(agreement());
    }
    columns.add(plain("model", Axis.MEMORY.unit(findings.rows()), Axis.MEMORY::value));
    columns.add(energy());
    if (findings.rows().stream().anyMatch(row -> !Double.isNaN(row.energy().measuredJ()))) {
      columns.add(measuredEnergy());
    }
    columns.add(Column.words(VERDICT, "", row -> row.accepted() ? "accepted" : "rejected"));
    if (!findings.trackedBudgetsMb().isEmpty()) {
      columns.add(Column.words("exceeds", "MiB", this::exceeded).dropped(3));
    }
    columns.add(Column.words("front", "", this::marks));
    return columns;
  }

  private Column latency() {
    int columnPlaces = places(row -> row.latency().medianMs());
    return Column.number(
        "latency",
        Unit.MILLISECOND.symbol(),
        row -> {
          Latency latency = row.latency();
          return withHalfWidth(
              latency.medianMs(), latency.ci95LowMs(), latency.ci95HighMs(), columnPlaces);
        });
  }

  private Column ratio() {
    int columnPlaces = places(row -> row.latency().reference().ratio());
    return Column.number(
            "ratio",
            "to ref.",
            row -> {
              ReferenceRatio reference = row.latency().reference();
              return withHalfWidth(
                  reference.ratio(), reference.ci95Low(), reference.ci95High(), columnPlaces);
            })
        .dropped(4);
  }

  private static String withHalfWidth(double value, double low, double high, int columnPlaces) {
    int places = Numbers.places(value, columnPlaces);
    double halfWidth = (high - low) / 2;
    String text = Numbers.fixed(value, places);
    return Double.isFinite(halfWidth) ? text + " ± " + Numbers.fixed(halfWidth, places) : text;
  }

  private Column accuracy() {
    // A validation split of thousands of samples earns a second place after the point.
    double narrowest =
        findings.rows().stream()
            .mapToDouble(row -> row.accuracy().ci95High() - row.accuracy().ci95Low())
            .filter(Double::isFinite)
            .min()
            .orElse(1);
    int places = narrowest < 0.01 ? 2 : 1;
    return Column.number(
        "accuracy",
        "% [95 %]",
        row -> {
          Accuracy accuracy = row.accuracy();
          String top1 = Numbers.fixed(accuracy.top1() * 100, places);
          return Double.isFinite(accuracy.ci95Low()) && Double.isFinite(accuracy.ci95High())
              ? "%s [%s, %s]"
                  .formatted(
                      top1,
                      Numbers.fixed(accuracy.ci95Low() * 100, places),
                      Numbers.fixed(accuracy.ci95High() * 100, places))
              : top1;
        });
  }

  private static Column agreement() {
    return Column.number(
            "agree", "% base", row -> Numbers.fixed(100 * row.divergence().argmaxAgreement(), 1))
        .dropped(1);
  }

  private Column energy() {
    Column column = plain("energy", Unit.MILLIJOULE, Axis.ENERGY::value);
    return new Column("energy", "mJ mod.", true, 2, column.text());
  }

  private Column measuredEnergy() {
    Column column = plain("energy", Unit.MILLIJOULE, row -> 1000 * row.energy().measuredJ());
    return new Column("energy", "mJ meas.", true, 0, column.text());
  }

  private Column plain(String title, Unit unit, ToDoubleFunction<SweepRow> value) {
    ToDoubleFunction<SweepRow> shown = row -> unit.of(value.applyAsDouble(row));
    int places = places(shown);
    return Column.number(
        title,
        unit.symbol(),
        row -> {
          double number = shown.applyAsDouble(row);
          return Numbers.fixed(number, Numbers.places(number, places));
        });
  }

  private int places(ToDoubleFunction<SweepRow> value) {
    return Numbers.places(findings.rows().stream().mapToDouble(value), DIGITS);
  }

  /** Returns the tracked budgets that the row exceeds, ascending. */
  private String exceeded(SweepRow row) {
    if (row.violations().stream().anyMatch(Optional::isEmpty)) {
      return Numbers.ABSENT;
    }
    List<Double> budgets = new ArrayList<>();
    for (int i = 0; i < row.violations().size(); i++) {
      if (row.violations().get(i).orElseThrow()) {
        budgets.add(findings.trackedBudgetsMb().get(i));
      }
    }
    if (budgets.isEmpty()) {
      return "none";
    }
    Collections.sort(budgets);
    String all = budgets.stream().map(Numbers::plain).collect(joining(" "));
    return all.length() <= LONGEST_LIST
        ? all
        : "up to " + Numbers.plain(budgets.get(budgets.size() - 1));
  }

  private String marks(SweepRow row) {
    return Arrays.stream(Axis.values())
        .map(axis -> findings.onFrontier(axis, row) ? String.valueOf(axis.mark()) : " ")
        .collect(joining(" "))
        .stripTrailing();
  }
}
