package io.edgefrontier.cli;

import io.edgefrontier.analysis.Recommendation;
import io.edgefrontier.config.Settings;
import io.edgefrontier.report.Axis;
import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run found, read from its files. */
final class RunFindings {
  private RunFindings() {}

  /**
   * Reads what the run found.
   *
   * @param prefix what leads from the reader to the run's folder
   */
  static Findings read(Settings settings, RunFolder run, String prefix) throws IOException {
    SweepTable table = SweepTable.read(run.sweep());
    Map<Variant, Archive> archives = archives(run);
    List<SweepRow> rows =
        table.rows().stream()
            .map(row -> row.withArchive(Optional.ofNullable(archives.get(row.cell().variant()))))
            .toList();
    Map<Axis, Set<Cell>> frontiers = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      frontiers.put(
          axis,
          FrontierRow.read(run.frontier(axis.label())).stream()
              .map(frontier -> frontier.row().cell())
              .collect(Collectors.toSet()));
    }
    Optional<Recommendation> recommendation = Recommendation.of(rows);
    Optional<String> withoutAccuracy =
        settings.data().accuracy() ? Optional.empty() : Recommendation.withoutAccuracy(rows);
    return new Findings(
        rows,
        settings.budgets().memory().metric().label(),
        settings.budgets().memory().activeMb(),
        table.budgetsMb(),
        frontiers,
        recommendation.map(found -> found.row().cell()),
        recommendation
            .map(found -> found.sentence() + archive(found.row(), prefix) + model(settings))
            .or(() -> withoutAccuracy.map(found -> found + model(settings)))
            .orElse("Nothing to ship: no variant is within the active memory budget."),
        settings.rough());
  }

  private static String archive(SweepRow row, String prefix) {
    return row.archive().map(archive -> " Archive: " + prefix + archive.path() + ".").orElse("");
  }

  /** Says so where latencies are not those of this machine. */
  private static String model(Settings settings) {
    double multiplier = settings.budgets().latencyMultiplier();
    return multiplier == 1
        ? ""
        : " Latencies are modelled: measured here, times %.4g.".formatted(multiplier);
  }

  private static Map<Variant, Archive> archives(RunFolder run) throws IOException {
    Map<Variant, Archive> archives = new HashMap<>();
    for (ManifestEntry entry : ManifestTable.TABLE.read(run.manifest())) {
      entry.archive().ifPresent(archive -> archives.put(entry.variant(), archive));
    }
    return archives;
  }
}
