package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.sweep.SweepProgress.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures every cell of a plan, fork by fork, through JMH.
 *
 * <p>Each fork's result is on disk before the next one starts. A fork that fails, crashes or times
 * out fails its cell and no other; nothing is printed while a fork runs.
 */
public final class Sweep {

  private final SweepPlan plan;
  private final SweepProgress progress;
  private final SweepFiles files;
  private final CombinedResults results;
  private final Map<Cell, CellFailure> failures = new LinkedHashMap<>();
  private final List<Eta.Elapsed> ended = new ArrayList<>();

  private Sweep(SweepPlan plan, SweepProgress progress) throws IOException {
    this.plan = plan;
    this.progress = progress;
    this.files = new SweepFiles(plan.output());
    this.results = new CombinedResults(plan.grid());
  }

  /**
   * Runs a plan.
   *
   * @throws IOException if a result cannot be written or another JMH runs on this machine; a cell
   *     that fails is part of the outcome
   */
  public static SweepOutcome run(SweepPlan plan, SweepProgress progress) throws IOException {
    try {
      return new Sweep(plan, progress).run();
    } finally {
      progress.sweepEnded();
    }
  }

  private SweepOutcome run() throws IOException {
    long start = System.nanoTime();
    ForkLauncher launcher = new ForkLauncher(plan);
    List<Fork> order = ForkOrder.of(plan.grid().cells(), plan.settings(), plan.seed());
    for (int i = 0; i < order.size(); i++) {
      Fork fork = order.get(i);
      if (failures.containsKey(fork.cell())) {
        continue;
      }
      progress.forkStarts(step(fork, order, i));
      ForkOutcome outcome = launcher.launch(fork);
      record(outcome);
      Step done = step(fork, order, i + 1);
      outcome
          .medianMs()
          .ifPresentOrElse(
              median -> progress.forkEnded(done, median),
              () -> progress.forkFailed(done, outcome.error()));
    }
    files.writeCombined(results.without(failures.keySet()));
    return new SweepOutcome(
        files.jmhJson(),
        List.copyOf(failures.values()),
        ended.size(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void record(ForkOutcome outcome) throws IOException {
    Fork fork = outcome.fork();
    files.add(outcome);
    ended.add(new Eta.Elapsed(fork.kind(), outcome.wall()));
    outcome.result().ifPresent(result -> results.add(fork, result));
    if (outcome.result().isEmpty()) {
      failures.put(fork.cell(), new CellFailure(fork.cell(), outcome.error()));
    }
  }

  private Step step(Fork fork, List<Fork> order, int done) {
    List<ForkKind> remaining =
        order.subList(done, order.size()).stream()
            .filter(later -> !failures.containsKey(later.cell()))
            .map(Fork::kind)
            .toList();
    boolean cold = fork.kind() == ForkKind.COLD_START;
    String what =
        cold
            ? "cold start %d of %d".formatted(fork.number(), plan.settings().coldStartForks())
            : "fork %d of %d".formatted(fork.number(), plan.settings().forks());
    Optional<Duration> left = Eta.remaining(ended, remaining);
    return new Step(Fork.cellName(fork.cell()), what, done, order.size(), left);
  }
}
