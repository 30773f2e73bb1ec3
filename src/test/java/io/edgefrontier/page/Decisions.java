package io.edgefrontier.page;

import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.ParetoFrontier;
import io.edgefrontier.analysis.Recommendation;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the program's own analysis says of a run at any budget.
 *
 * @param rows those of the run; one batch size, so that a variant's id names its row
 */
record Decisions(List<SweepRow> rows) {
  /** What a frontier minimises, by the page's name for it. */
  private static final Map<String, ToDoubleFunction<SweepRow>> COSTS =
      Map.of(
          "latency", row -> row.latency().medianMs(),
          "energy", row -> row.energy().proxyJ(),
          "memory", row -> row.memory().modelMb(),
          "size",
              row -> row.archive().map(Archive::bytes).map(Long::doubleValue).orElse(Double.NaN),
          "coldStart", row -> row.startup().coldStartMs());

  static Decisions of(PublishedRun run) throws IOException {
    Map<Variant, Archive> archives = new HashMap<>();
    for (ManifestEntry entry : ManifestTable.TABLE.read(run.file("variants.csv"))) {
      entry.archive().ifPresent(archive -> archives.put(entry.variant(), archive));
    }
    return new Decisions(
        SweepTable.read(run.file("sweep_results.csv")).rows().stream()
            .map(row -> row.withArchive(Optional.ofNullable(archives.get(row.cell().variant()))))
            .toList());
  }

  /** Returns the rows as they were with another active budget. */
  Decisions at(double budgetMb) {
    return new Decisions(rows.stream().map(row -> judged(row, budgetMb)).toList());
  }

  private static SweepRow judged(SweepRow row, double budgetMb) {
    double metricMb = BudgetMetric.MODEL_MEMORY_MB.of(row.memory());
    return new SweepRow(
        row.cell(),
        row.error().isEmpty() && metricMb <= budgetMb,
        row.error(),
        budgetMb,
        row.accuracy(),
        row.latency(),
        row.startup(),
        row.load(),
        row.memory(),
        row.energy(),
        row.archive(),
        row.violations(),
        row.evidence());
  }

  Set<String> accepted() {
    return rows.stream().filter(SweepRow::accepted).map(Decisions::id).collect(Collectors.toSet());
  }

  Set<String> frontier(String cost) {
    ParetoFrontier<SweepRow> frontier = new ParetoFrontier<>();
    for (SweepRow row : rows) {
      if (row.accepted()) {
        frontier.offer(
            new ParetoFrontier.Candidate<>(
                COSTS.get(cost).applyAsDouble(row),
                row.accuracy().top1(),
                Interval.ABSENT,
                Interval.ABSENT,
                row));
      }
    }
    return frontier.candidates().stream()
        .map(candidate -> id(candidate.row()))
        .collect(Collectors.toSet());
  }

  Optional<String> recommended() {
    return Recommendation.of(rows).map(recommendation -> id(recommendation.row()));
  }

  private static String id(SweepRow row) {
    return row.cell().variant().id();
  }
}
