package io.edgefrontier.publish;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.NearestName;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The variant whose latency the others' is divided by. */
final class Baseline {
  private final String name;
  private final Optional<Precision> precision;

  /**
   * @param name id of a variant, or a precision; empty for no baseline
   * @throws IllegalArgumentException naming the nearest if no run has such a variant
   */
  Baseline(String name, List<PublishedRun> runs) {
    this.name = name.strip();
    this.precision =
        Arrays.stream(Precision.values())
            .filter(one -> one.label().equalsIgnoreCase(this.name))
            .findFirst();
    if (isGiven() && cells(runs).stream().noneMatch(cell -> of(cell).equals(Optional.of(cell)))) {
      TreeSet<String> known = new TreeSet<>();
      cells(runs).forEach(cell -> known.add(cell.variant().id()));
      cells(runs).forEach(cell -> known.add(cell.variant().precision().label()));
      throw new IllegalArgumentException(
          "no baseline variant '%s'%s; available: %s"
              .formatted(
                  name,
                  NearestName.of(this.name, known).map(" (nearest: %s)"::formatted).orElse(""),
                  String.join(", ", known)));
    }
  }

  private static List<Cell> cells(List<PublishedRun> runs) {
    return runs.stream()
        .flatMap(run -> run.findings().rows().stream())
        .map(SweepRow::cell)
        .toList();
  }

  boolean isGiven() {
    return !name.isEmpty();
  }

  /** Returns what sentences call the baseline. */
  String phrase() {
    return precision
        .map(one -> "the %s variant of the same model and pruning level".formatted(one.label()))
        .orElse(name);
  }

  /** Returns the cell that another one is compared with, if it were there. */
  private Optional<Cell> of(Cell cell) {
    Variant variant = cell.variant();
    if (precision.isPresent()) {
      Variant other = new Variant(variant.model(), variant.pruningLevel(), precision.get());
      return Optional.of(new Cell(other, cell.batchSize(), cell.threads()));
    }
    return variant.id().equals(name) ? Optional.of(cell) : Optional.empty();
  }

  /** Returns each cell's latency divided by that of its baseline in the same run. */
  Map<Cell, Figure> ratios(List<SweepRow> rows) {
    Map<Cell, Figure> ratios = new HashMap<>();
    if (!isGiven()) {
      return ratios;
    }
    for (SweepRow row : rows) {
      rows.stream()
          .filter(other -> isBaseline(row.cell(), other.cell()))
          .findFirst()
          .ifPresent(baseline -> ratios.put(row.cell(), ratio(row, baseline)));
    }
    return ratios;
  }

  private boolean isBaseline(Cell cell, Cell other) {
    boolean alike = cell.batchSize() == other.batchSize() && cell.threads() == other.threads();
    return alike
        && (precision.isPresent()
            ? of(cell).equals(Optional.of(other))
            : other.variant().id().equals(name));
  }

  private static Figure ratio(SweepRow row, SweepRow baseline) {
    Figure ratio = latency(row).over(latency(baseline));
    // A cell beside itself is 1, however noisy both are.
    return row.cell().equals(baseline.cell()) && ratio.isPresent() ? new Figure(1, 1, 1) : ratio;
  }

  private static Figure latency(SweepRow row) {
    return new Figure(
        row.latency().medianMs(), row.latency().ci95LowMs(), row.latency().ci95HighMs());
  }
}
