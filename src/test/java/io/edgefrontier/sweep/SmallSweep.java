package io.edgefrontier.sweep;

import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Sweeps of {@link UnrulyBenchmark}: real forks, as short as they can be, without an engine. */
final class SmallSweep {
  /** Takes no notice of the machine. */
  static final Sweep.ConditionsSource SAME_EVERYWHERE = plan -> new Conditions(new TreeMap<>());

  private SmallSweep() {}

  /** Measures the cells of a kill test until done or killed. */
  public static void main(String[] arguments) throws IOException {
    Grid grid = grid(List.of(0.0, 0.5), List.of(Precision.FP32), List.of(1, 2));
    run(plan(Path.of(arguments[0]), grid, Effort.fixed(2, 0), Duration.ofMinutes(1)));
  }

  static Grid grid(List<Double> levels, List<Precision> precisions, List<Integer> batchSizes) {
    return new Grid("unruly", levels, precisions, batchSizes, List.of(1));
  }

  static SweepPlan plan(
      Path folder, Grid grid, Effort effort, Duration timeout, SweepFlag... flags) {
    ForkSettings forks =
        new ForkSettings(
            Iterations.of(1, 10),
            Iterations.of(3, 10),
            Iterations.of(1, 10),
            Iterations.of(1, 10),
            1,
            timeout,
            false,
            OptionalDouble.empty(),
            Optional.empty(),
            new JvmArguments(
                List.of(),
                Optional.of(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")),
                List.of()));
    return new SweepPlan(
        folder, folder, grid, effort, forks, Ranking.UNKNOWN, LaunchPrefix.NONE, 1, Set.of(flags));
  }

  static SweepOutcome run(SweepPlan plan) throws IOException {
    return run(plan, SAME_EVERYWHERE);
  }

  static SweepOutcome run(SweepPlan plan, Sweep.ConditionsSource conditions) throws IOException {
    return new Sweep(plan, SweepProgress.SILENT, kind -> UnrulyBenchmark.NAME, conditions).run();
  }
}
