package io.edgefrontier.sweep;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.edgefrontier.measure.Disturbance;
import io.edgefrontier.measure.FileCache;
import io.edgefrontier.measure.MachineState;
import io.edgefrontier.result.Cell;
import io.edgefrontier.sweep.SweepProgress.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures every cell of a plan, fork by fork, through JMH.
 *
 * <p>Each fork's result is on disk before the next one starts, so a sweep that was killed goes on
 * where it was. A fork that fails, crashes or hangs costs that fork, and its cell when it is the
 * second one. Nothing is printed while a fork runs.
 */
public final class Sweep {
  private static final Gson GSON = new Gson();

  private final SweepPlan plan;
  private final SweepProgress progress;
  private final ConditionsSource conditions;
  private final SweepFolder folder;
  private final ForkLauncher launcher;
  private final Schedule schedule;
  private final List<ForkRecord> records = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private Duration earlier = Duration.ZERO;
  private int resumed;

  /** Tells under what conditions a plan runs here. */
  @FunctionalInterface
  interface ConditionsSource {
    Conditions of(SweepPlan plan) throws IOException;
  }

  Sweep(
      SweepPlan plan,
      SweepProgress progress,
      Function<ForkKind, String> benchmarks,
      ConditionsSource conditions) {
    this.plan = plan;
    this.progress = progress;
    this.conditions = conditions;
    this.folder = new SweepFolder(plan.output());
    this.launcher = new ForkLauncher(plan, folder.forks(), benchmarks);
    this.schedule = new Schedule(plan.grid().cells(), plan.effort(), plan.ranking(), plan.seed());
  }

  /**
   * Runs a plan, or the rest of it if the folder holds forks of it.
   *
   * @throws IOException if a result cannot be written, or another sweep or another JMH runs on this
   *     machine; a cell that fails is part of the outcome
   * @throws IllegalArgumentException if the folder holds forks of another plan, or the same plan on
   *     other software or another machine; the message names what differs
   */
  public static SweepOutcome run(SweepPlan plan, SweepProgress progress) throws IOException {
    return new Sweep(plan, progress, ForkKind::benchmark, Sweep::onThisMachine).run();
  }

  private static Conditions onThisMachine(SweepPlan plan) throws IOException {
    FileCache.warm(plan.variants());
    return Conditions.of(plan);
  }

  /**
   * Returns how many of the forks that count were disturbed, of every cell that has some.
   *
   * @param output folder of a sweep
   * @param cells that it may have measured
   * @throws IOException if the journal there is not of these cells
   */
  public static Map<Cell, Integer> disturbedForks(Path output, Collection<Cell> cells)
      throws IOException {
    Map<Cell, Integer> disturbed = new HashMap<>();
    for (ForkRecord record : new SweepFolder(output).journal().read(cells)) {
      if (record.used()) {
        disturbed.merge(record.fork().cell(), record.disturbed() ? 1 : 0, Integer::sum);
      }
    }
    return disturbed;
  }

  SweepOutcome run() throws IOException {
    return SweepLock.holding(plan, this::runAlone);
  }

  private SweepOutcome runAlone() throws IOException {
    try {
      prepare();
      for (Optional<Fork> next = next(); next.isPresent(); next = next()) {
        measure(next.get());
      }
      writeCombined();
      return outcome();
    } finally {
      progress.sweepEnded();
    }
  }

  /** Takes up an earlier sweep in the same folder, if there is one. */
  private void prepare() throws IOException {
    Conditions now = conditions.of(plan);
    if (plan.has(SweepFlag.RESTART)) {
      folder.clear();
    }
    if (folder.isTaken()) {
      Conditions.read(folder.conditions()).requireEqual(now, plan.output());
    } else {
      folder.clear(); // of forks that nobody accounts for
      now.write(folder.conditions());
    }
    for (ForkRecord record : folder.open(plan.grid().cells())) {
      records.add(record);
      earlier = earlier.plus(record.wall());
      tell(record);
    }
    resumed = records.size();
    markUnused();
  }

  private Optional<Fork> next() {
    return schedule.next(elapsed());
  }

  private Duration elapsed() {
    return earlier.plusNanos(System.nanoTime() - startNanos);
  }

  private void measure(Fork fork) throws IOException {
    String what = what(fork);
    progress.forkStarts(step(fork, what));
    int threads = plan.busyThreads(fork);
    MachineState before = MachineState.now();
    ForkOutcome outcome = launcher.launch(fork);
    MachineState after = MachineState.now();
    Disturbance disturbance =
        Disturbance.between(before, after, threads, plan.prefix().cpus(threads));
    JsonObject machine = new JsonObject();
    machine.add("before", GSON.toJsonTree(before.facts()));
    machine.add("after", GSON.toJsonTree(after.facts()));
    machine.add("between", GSON.toJsonTree(disturbance.facts()));
    folder.write(outcome);
    ForkRecord record = ForkRecord.of(outcome, machine, disturbance.reason());
    folder.journal().append(record);
    records.add(record);
    tell(record);
    markUnused();
    if (record.ok()) {
      progress.forkEnded(step(fork, what), record.figure());
    } else {
      progress.forkFailed(step(fork, what), record.error());
    }
  }

  private void tell(ForkRecord record) {
    if (!record.ok()) {
      schedule.failed(record.fork());
    } else if (record.disturbed()) {
      schedule.disturbed(record.fork(), record.score(), record.wall());
    } else {
      schedule.ended(record.fork(), record.score(), record.wall());
    }
  }

  /** Brings the journal up to date when a repeated fork has taken an earlier one's place. */
  private void markUnused() throws IOException {
    Set<Fork> used = new HashSet<>(schedule.used());
    boolean changed = false;
    for (int i = 0; i < records.size(); i++) {
      ForkRecord record = records.get(i);
      if (record.used() != used.contains(record.fork())) {
        records.set(i, record.withUsed(!record.used()));
        changed = true;
      }
    }
    if (changed) {
      folder.journal().write(records);
    }
  }

  /** Writes jmh.json with the entries in JMH's order: by mode, benchmark and parameters. */
  private void writeCombined() throws IOException {
    Grid grid = plan.grid();
    Map<Entry, List<Path>> entries =
        new TreeMap<>(
            Comparator.comparing((Entry entry) -> entry.kind().mode())
                .thenComparing(entry -> entry.kind().benchmark())
                .thenComparing(entry -> grid.place(entry.cell())));
    for (Fork fork : schedule.used()) {
      entries
          .computeIfAbsent(new Entry(fork.cell(), fork.kind()), entry -> new ArrayList<>())
          .add(folder.result(fork));
    }
    CombinedResults.write(folder.jmhJson(), List.copyOf(entries.values()));
  }

  private SweepOutcome outcome() {
    Map<Cell, Integer> latencyForks = new HashMap<>();
    for (Fork fork : schedule.used()) {
      if (fork.kind() == ForkKind.LATENCY) {
        latencyForks.merge(fork.cell(), 1, Integer::sum);
      }
    }
    return new SweepOutcome(
        folder.jmhJson(),
        schedule.failedCells().stream().map(this::failure).toList(),
        records.size(),
        resumed,
        (int) records.stream().filter(record -> !record.ok()).count(),
        (int) records.stream().filter(record -> record.ok() && record.disturbed()).count(),
        latencyForks,
        schedule.savings(),
        Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private CellFailure failure(Cell cell) {
    String reason = "";
    for (ForkRecord record : records) {
      if (!record.ok() && record.fork().cell().equals(cell)) {
        reason = record.error();
      }
    }
    return new CellFailure(cell, reason);
  }

  private String what(Fork fork) {
    int most = plan.effort().most(fork.kind());
    long counted =
        schedule.used().stream()
            .filter(used -> used.cell().equals(fork.cell()) && used.kind() == fork.kind())
            .count();
    return "%s %d of %s%d"
        .formatted(
            fork.kind().title(),
            Math.min(counted + 1, most), // a fork that is repeated counts already
            most > plan.effort().required(fork.kind()) ? "at most " : "",
            most);
  }

  private Step step(Fork fork, String what) {
    int done = schedule.forksRun();
    Duration elapsed = elapsed();
    return new Step(
        Fork.cellName(fork.cell()),
        what,
        done,
        done + schedule.forksLeft(elapsed),
        schedule.remaining(elapsed));
  }

  /** What JMH counts as one benchmark. */
  private record Entry(Cell cell, ForkKind kind) {}
}
