package io.edgefrontier.cli;

import io.edgefrontier.analysis.HardwareSummary;
import io.edgefrontier.analysis.MergeFiles;
import io.edgefrontier.analysis.MergeSettings;
import io.edgefrontier.analysis.PrecisionTradeoffs;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.BudgetSettings;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.CellError;
import io.edgefrontier.result.HardwareUse;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.PrecisionTradeoff;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.sweep.Grid;
import io.edgefrontier.sweep.Sweep;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Joins what was measured and applies the memory budgets. */
@Command(
    name = "merge",
    description =
        "Join JMH's results with variants and accuracy, model the energy and apply the memory"
            + " budgets; writes sweep_results.csv, sweep_errors.csv, precision_tradeoffs.csv and"
            + " hardware_summary.csv of a run, or one table from four named files.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar merge --active-memory-budget-mb 0.1",
      "  java -jar benchmarks.jar merge --variants variants.csv --jmh jmh.json \\",
      "      --accuracy accuracy.csv --out sweep.csv --memory-budgets-mb 10,20"
    })
final class MergeCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @ArgGroup(exclusive = false, heading = "Files made elsewhere, instead of a run's:%n")
  private NamedFiles files;

  /** The four files of a merge outside a run. */
  private static final class NamedFiles {
    @Option(
        names = "--variants",
        required = true,
        paramLabel = "DIR|FILE",
        description =
            "Manifest, as 'prepare' writes it, or the folder of its variants.csv. (Where variants"
                + " are made, --variants names archives made elsewhere in the same way; 'prepare'"
                + " makes a manifest of them.)")
    private Path variants;

    @Option(names = "--jmh", required = true, paramLabel = "FILE", description = "JMH's results.")
    private Path jmh;

    @Option(
        names = "--accuracy",
        paramLabel = "FILE",
        description = "Accuracy; without it, its columns are empty.")
    private Path accuracy;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Result table.")
    private Path out;
  }

  @Override
  public Integer call() throws IOException {
    if (files != null) {
      MergeFiles.Sources sources =
          MergeFiles.Sources.of(
              GivenVariants.of(files.variants).table(),
              files.jmh,
              Optional.ofNullable(files.accuracy));
      BudgetSettings budgets = SettingOptions.read(stage.flags()).budgets();
      MergeFiles.Summary summary =
          MergeFiles.merge(
              sources,
              new MergeSettings(
                  budgets.powerWatts(),
                  budgets.latencyMultiplier(),
                  budgets.memory(),
                  List.of(),
                  List.of()),
              files.out);
      stage.terminal().result(files.out.toString());
      return exitCode(summary, stage.terminal());
    }
    RunFolder run = stage.run();
    MergeFiles.Summary summary = merge(stage.settings(run), run, stage.terminal());
    stage.terminal().result(run.sweep().toString());
    return exitCode(summary, stage.terminal());
  }

  /** Writes the result tables of {@code run}. */
  static MergeFiles.Summary merge(Settings settings, RunFolder run, Terminal terminal)
      throws IOException {
    BudgetSettings budgets = settings.budgets();
    List<ManifestEntry> manifest = ManifestTable.TABLE.read(run.manifest());
    Grid grid = SweepPlans.grid(manifest, settings);
    MergeFiles.Sources sources =
        new MergeFiles.Sources(
            run.manifest(),
            run.jmh(),
            settings.data().accuracy() ? Optional.of(run.accuracy()) : Optional.empty(),
            failures(run),
            Sweep.disturbedForks(run.path(), grid.cells()),
            MeterOfRun.open(budgets, run));
    MergeFiles.Summary summary =
        MergeFiles.merge(sources, mergeSettings(budgets, grid, manifest), run.sweep());
    summary.meterProblem().ifPresent(problem -> terminal.warn("%s", problem));
    List<SweepRow> rows = SweepTable.read(run.sweep()).rows();
    CellError.TABLE.write(
        run.errors(),
        rows.stream()
            .filter(row -> !row.error().isEmpty())
            .map(row -> new CellError(row.cell(), row.error()))
            .toList());
    PrecisionTradeoff.TABLE.write(run.tradeoffs(), PrecisionTradeoffs.of(rows));
    HardwareUse.TABLE.write(run.hardware(), HardwareSummary.of(rows, budgets.peaks()));
    return summary;
  }

  /** Says what is amiss; returns 3 where a cell failed, else 4 where none is accepted. */
  static int exitCode(MergeFiles.Summary summary, Terminal terminal) {
    if (summary.failed() > 0) {
      terminal.warn("%d of %d cells failed; their rows say why", summary.failed(), summary.rows());
      return ExitCode.SOME_CELLS_FAILED;
    }
    if (summary.accepted() == 0) {
      terminal.warn("no variant is within the active memory budget; the frontier is empty");
      return ExitCode.NOTHING_FITS;
    }
    return ExitCode.DONE;
  }

  private static MergeSettings mergeSettings(
      BudgetSettings budgets, Grid grid, List<ManifestEntry> manifest) {
    Set<Variant> leftOut =
        manifest.stream().map(ManifestEntry::variant).collect(Collectors.toSet());
    grid.cells().forEach(cell -> leftOut.remove(cell.variant()));
    return new MergeSettings(
        budgets.powerWatts(),
        budgets.latencyMultiplier(),
        budgets.memory(),
        grid.batchSizes(),
        grid.threads(),
        leftOut);
  }

  private static Map<Cell, String> failures(RunFolder run) throws IOException {
    Map<Cell, String> failures = new LinkedHashMap<>();
    if (Files.exists(run.benchErrors())) {
      CellError.TABLE
          .read(run.benchErrors())
          .forEach(failure -> failures.put(failure.cell(), failure.error()));
    }
    return failures;
  }
}
