package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.BenchSettings;
import io.edgefrontier.result.CellError;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.sweep.CellFailure;
import io.edgefrontier.sweep.Effort;
import io.edgefrontier.sweep.ForkSettings;
import io.edgefrontier.sweep.Grid;
import io.edgefrontier.sweep.Iterations;
import io.edgefrontier.sweep.LaunchPrefix;
import io.edgefrontier.sweep.ProgressLine;
import io.edgefrontier.sweep.Ranking;
import io.edgefrontier.sweep.Sweep;
import io.edgefrontier.sweep.SweepFlag;
import io.edgefrontier.sweep.SweepOutcome;
import io.edgefrontier.sweep.SweepPlan;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the latency of every variant with JMH. */
@Command(
    name = "bench",
    description =
        "Measure every variant with JMH, fork by fork in random order; writes forks/*.json,"
            + " forks.jsonl, jmh.json and bench_errors.csv.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar bench --benchmark-repeats 10",
      "  java -jar benchmarks.jar bench --batch-sizes 1,32 --threads 2"
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Option(names = "--verbose", description = "Copy JMH's own output to stderr.")
  private boolean verbose;

  @Override
  public Integer call() throws IOException {
    RunFolder run = stage.run();
    Settings settings = stage.settings(run);
    boolean failed = bench(settings, run, verbose, stage.terminal());
    RunEnvironment.write(settings, stage.flags(), run);
    stage.terminal().result(run.jmh().toString());
    return failed ? ExitCode.SOME_CELLS_FAILED : ExitCode.DONE;
  }

  /** Measures all cells of {@code run} and returns whether one of them failed. */
  static boolean bench(Settings settings, RunFolder run, boolean verbose, Terminal terminal)
      throws IOException {
    List<ManifestEntry> manifest = ManifestTable.TABLE.read(run.manifest());
    if (manifest.isEmpty()) {
      throw new IOException(run.manifest() + ": has no row, expected one per variant");
    }
    BenchSettings bench = settings.bench();
    SweepPlan plan =
        new SweepPlan(
            run.path(),
            run.path(),
            grid(manifest, bench),
            Effort.fixed(bench.forks(), bench.coldStartForks()),
            forks(bench),
            Ranking.UNKNOWN,
            LaunchPrefix.NONE,
            settings.seed(),
            verbose ? Set.of(SweepFlag.VERBOSE) : Set.of());
    SweepOutcome outcome = Sweep.run(plan, new ProgressLine(System.err, Terminal.isInteractive()));
    for (CellFailure failure : outcome.failures()) {
      terminal.warn("%s: %s", failure.cell().variant().id(), failure.reason());
    }
    CellError.TABLE.write(
        run.benchErrors(),
        outcome.failures().stream()
            .map(failure -> new CellError(failure.cell(), failure.reason()))
            .toList());
    outcome.summary().forEach(line -> terminal.progress("bench: %s", line));
    return !outcome.failures().isEmpty();
  }

  private static Grid grid(List<ManifestEntry> manifest, BenchSettings bench) {
    return new Grid(
        manifest.get(0).variant().model(),
        manifest.stream().map(entry -> entry.variant().pruningLevel()).distinct().toList(),
        manifest.stream().map(entry -> entry.variant().precision()).distinct().toList(),
        bench.batchSizes(),
        List.of(bench.threads()));
  }

  private static ForkSettings forks(BenchSettings bench) {
    return ForkSettings.plain(
        Iterations.of(bench.warmupIterations(), bench.iterationMs()),
        Iterations.of(bench.iterations(), bench.iterationMs()),
        Duration.ofSeconds(bench.forkTimeoutS()));
  }
}
