package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.result.CellError;
import io.edgefrontier.sweep.CellFailure;
import io.edgefrontier.sweep.ProgressLine;
import io.edgefrontier.sweep.Sweep;
import io.edgefrontier.sweep.SweepOutcome;
import io.edgefrontier.sweep.SweepPlan;
import java.io.IOException;
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
      "  java -jar benchmarks.jar bench -f 5 -i 100 -r 10ms -jvmArgsAppend -Xmx1g",
      "  java -jar benchmarks.jar bench -p precision=int8,fp32 -p batchSize=1,8 -t 2",
      "  java -jar benchmarks.jar bench --batch-sizes 1,8,32 --threads 1,2 --throughput-repeats 3",
      "  java -jar benchmarks.jar bench --precision-target 1%% --time-budget 30m --affinity auto"
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Option(names = "--verbose", description = "Copy JMH's own output to stderr.")
  private boolean verbose;

  @Option(names = "--restart", description = "Forget what is already measured.")
  private boolean restart;

  /** How a sweep is run, beside its settings. */
  record Mode(boolean verbose, boolean restart) {}

  @Override
  public Integer call() throws IOException {
    RunFolder run = stage.run();
    Settings settings = SettingOptions.read(stage.flags(), run);
    boolean failed = bench(settings, run, new Mode(verbose, restart), stage.terminal());
    run.save(settings); // not before: a sweep that is refused changes nothing
    RunEnvironment.write(settings, stage.flags(), run);
    stage.terminal().result(run.jmh().toString());
    return failed ? ExitCode.SOME_CELLS_FAILED : ExitCode.DONE;
  }

  /** Measures all cells of {@code run} and returns whether one of them failed. */
  static boolean bench(Settings settings, RunFolder run, Mode mode, Terminal terminal)
      throws IOException {
    SweepPlan plan = SweepPlans.of(settings, run, mode, terminal);
    SweepOutcome outcome = Sweep.run(plan, new ProgressLine(System.err, Terminal.isInteractive()));
    for (CellFailure failure : outcome.failures()) {
      terminal.warn("%s: %s", failure.cell().variant().id(), failure.reason());
    }
    CellError.TABLE.write(
        run.benchErrors(),
        outcome.failures().stream()
            .map(failure -> new CellError(failure.cell(), failure.reason()))
            .toList());
    OverheadOfRun.measure(plan, run, mode.restart(), terminal);
    outcome.summary().forEach(line -> terminal.progress("bench: %s", line));
    return !outcome.failures().isEmpty();
  }
}
