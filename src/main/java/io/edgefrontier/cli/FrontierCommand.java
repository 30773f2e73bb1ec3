package io.edgefrontier.cli;

import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.analysis.FrontierFiles;
import io.edgefrontier.analysis.Objective;
import io.edgefrontier.analysis.ObjectivesFile;
import io.edgefrontier.analysis.Worth;
import io.edgefrontier.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the variants that no other accepted variant beats. */
@Command(
    name = "frontier",
    description =
        "Find the Pareto frontiers of accuracy against latency, energy and memory (without accuracy,"
            + " of latency against memory); writes pareto_frontier_*.csv of a run, or one frontier of"
            + " any table.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar frontier --frontier-accuracy ci-low",
      "  java -jar benchmarks.jar frontier --objectives latency_ms,memory_mb",
      "  java -jar benchmarks.jar frontier --sweep table.csv --x latency_ms --out frontier.csv"
    })
final class FrontierCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @ArgGroup(exclusive = false, heading = "A table made elsewhere, instead of a run's:%n")
  private NamedTable table;

  /** A frontier outside a run. */
  private static final class NamedTable {
    @Option(names = "--sweep", required = true, paramLabel = "FILE", description = "CSV table.")
    private Path sweep;

    @Option(
        names = "--x",
        paramLabel = "COLUMN",
        defaultValue = "latency_ms",
        description =
            "Column to minimise, unless --objectives names several. Default: ${DEFAULT-VALUE}.")
    private String x;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Result.")
    private Path out;
  }

  @Override
  public Integer call() throws IOException {
    if (table != null) {
      int size = frontier(SettingOptions.read(stage.flags()), table);
      stage.terminal().result(table.out.toString());
      return exitCode(List.of(size), stage.terminal());
    }
    RunFolder run = stage.run();
    List<Integer> sizes = frontier(stage.settings(run), run);
    stage.terminal().result(run.path().toString());
    return exitCode(sizes, stage.terminal());
  }

  /** Writes the frontiers of {@code run} and returns how many rows each has. */
  static List<Integer> frontier(Settings settings, RunFolder run) throws IOException {
    Optional<AccuracyBasis> basis =
        settings.data().accuracy() ? Optional.of(basis(settings)) : Optional.empty();
    List<FrontierFiles.Request> requests =
        Arrays.stream(Objective.values())
            .map(
                objective ->
                    FrontierFiles.Request.of(
                        objective,
                        basis.map(Worth::of).orElseGet(() -> Worth.insteadOfAccuracy(objective)),
                        run.path()))
            .toList();
    List<Integer> sizes = FrontierFiles.write(run.sweep(), requests);
    List<String> objectives = settings.frontier().objectives();
    if (!objectives.isEmpty()) {
      ObjectivesFile.write(
          run.sweep(), objectives, basis.map(AccuracyBasis::column), run.frontier("objectives"));
    }
    return sizes;
  }

  private static int frontier(Settings settings, NamedTable table) throws IOException {
    AccuracyBasis basis = basis(settings);
    List<String> objectives = settings.frontier().objectives();
    if (!objectives.isEmpty()) {
      return ObjectivesFile.write(table.sweep, objectives, Optional.of(basis.column()), table.out);
    }
    return FrontierFiles.write(
            table.sweep, List.of(new FrontierFiles.Request(table.x, Worth.of(basis), table.out)))
        .get(0);
  }

  /** Returns the accuracy that the run's frontiers maximise. */
  static AccuracyBasis basis(Settings settings) {
    return settings.frontier().useCi() ? AccuracyBasis.CI_LOW : AccuracyBasis.TOP1;
  }

  private static int exitCode(List<Integer> sizes, Terminal terminal) {
    if (sizes.stream().allMatch(size -> size == 0)) {
      terminal.warn("no accepted row has both figures: the frontier is empty");
      return ExitCode.NOTHING_FITS;
    }
    return ExitCode.DONE;
  }
}
