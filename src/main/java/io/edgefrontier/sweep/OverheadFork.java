package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The fork that measures what stands around the engine's work in a timed call. It is no part of the
 * sweep: no journal has it, no cell fails with it.
 */
public final class OverheadFork {
  private static final String BENCHMARK = "io.edgefrontier.bench.HarnessOverheadBenchmark.pair";
  private static final Iterations WARMUP = new Iterations(1, Duration.ofSeconds(1));
  private static final Iterations MEASUREMENT = new Iterations(1, Duration.ofMillis(1500));

  private OverheadFork() {}

  /**
   * What the fork measured, in microseconds.
   *
   * @param us of one call: median over pairs
   * @param lowerQuartileUs over pairs; with the upper one, the spread of a single pair
   * @param roundUs time of one round within the engine
   * @param pairs compared
   */
  public record Overhead(
      Cell cell,
      double us,
      double lowerQuartileUs,
      double upperQuartileUs,
      double roundUs,
      long pairs) {
    /** Returns the overhead's share of the engine's own time. */
    public double share() {
      return us / roundUs;
    }
  }

  /**
   * Measures the plan's first cell.
   *
   * @return the overhead, or why there is none
   * @throws IOException if another sweep runs on this machine
   */
  public static Result measure(SweepPlan plan) throws IOException {
    return SweepLock.holding(plan, () -> launch(quick(plan)));
  }

  /** Exactly one of both. */
  public record Result(Optional<Overhead> overhead, String error) {}

  private static Result launch(SweepPlan plan) throws IOException {
    SweepFolder folder = new SweepFolder(plan.output());
    Files.createDirectories(folder.forks());
    Cell cell = plan.grid().cells().get(0);
    ForkOutcome outcome =
        new ForkLauncher(plan, folder.forks(), kind -> BENCHMARK)
            .launch(new Fork(cell, ForkKind.LATENCY, 1));
    return outcome
        .result()
        .map(result -> result(cell, result.figures().named()))
        .orElseGet(() -> new Result(Optional.empty(), outcome.error()));
  }

  private static Result result(Cell cell, Map<String, Double> figures) {
    if (!figures.containsKey("overhead")) {
      return new Result(Optional.empty(), "no pair of calls ended in time");
    }
    Overhead overhead =
        new Overhead(
            cell,
            figures.get("overhead"),
            figures.get("overhead.q1"),
            figures.get("overhead.q3"),
            figures.get("overhead.round"),
            Math.round(figures.get("overhead.pairs")));
    return new Result(Optional.of(overhead), "");
  }

  private static SweepPlan quick(SweepPlan plan) {
    ForkSettings forks =
        new ForkSettings(
            WARMUP,
            MEASUREMENT,
            WARMUP,
            MEASUREMENT,
            1,
            plan.forks().timeout(),
            false,
            OptionalDouble.empty(),
            Optional.empty(),
            plan.forks().jvm());
    return new SweepPlan(
        plan.variants(),
        plan.output(),
        plan.grid(),
        Effort.fixed(1, 0),
        forks,
        Ranking.UNKNOWN,
        plan.prefix(),
        plan.seed(),
        plan.flags());
  }
}
