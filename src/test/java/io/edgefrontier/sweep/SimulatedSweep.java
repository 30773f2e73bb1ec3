package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Runs schedules without machines: what becomes of a fork is drawn, the same for the same fork. */
final class SimulatedSweep {
  enum Outcome {
    ENDED,
    DISTURBED,
    FAILED
  }

  record Event(Fork fork, Outcome outcome, double score, Duration wall) {}

  private final List<Cell> cells;
  private final Effort effort;
  private final Ranking ranking;
  private final long seed;
  private double failureRate;
  private double disturbanceRate;
  private double variation = 0.03;
  private ToDoubleFunction<Cell> trueScore = cell -> 1;

  SimulatedSweep(List<Cell> cells, Effort effort, Ranking ranking, long seed) {
    this.cells = cells;
    this.effort = effort;
    this.ranking = ranking;
    this.seed = seed;
  }

  /** Shares of forks that fail, and of those that do not, that are disturbed. */
  SimulatedSweep trouble(double failures, double disturbances) {
    this.failureRate = failures;
    this.disturbanceRate = disturbances;
    return this;
  }

  /** Medians of the cells and the coefficient of variation of their forks. */
  SimulatedSweep scores(ToDoubleFunction<Cell> median, double coefficientOfVariation) {
    this.trueScore = median;
    this.variation = coefficientOfVariation;
    return this;
  }

  Schedule schedule() {
    return new Schedule(cells, effort, ranking, seed);
  }

  /** Runs a new schedule to its end. */
  List<Event> run() {
    return goOn(schedule(), List.of());
  }

  /** Tells a schedule what has happened, runs it to its end, and returns what happened then. */
  List<Event> goOn(Schedule schedule, List<Event> before) {
    before.forEach(event -> tell(schedule, event));
    Duration elapsed = before.stream().map(Event::wall).reduce(Duration.ZERO, Duration::plus);
    List<Event> events = new ArrayList<>();
    for (Optional<Fork> next = schedule.next(elapsed);
        next.isPresent();
        next = schedule.next(elapsed)) {
      Event event = draw(next.get());
      tell(schedule, event);
      events.add(event);
      elapsed = elapsed.plus(event.wall());
    }
    return events;
  }

  static void tell(Schedule schedule, Event event) {
    switch (event.outcome()) {
      case ENDED -> schedule.ended(event.fork(), event.score(), event.wall());
      case DISTURBED -> schedule.disturbed(event.fork(), event.score(), event.wall());
      case FAILED -> schedule.failed(event.fork());
    }
  }

  private Event draw(Fork fork) {
    Random random = new Random(Objects.hash(seed, fork.fileName()) * 0x9E3779B97F4A7C15L);
    Duration wall = Duration.ofMillis(4000 + random.nextInt(2000));
    if (random.nextDouble() < failureRate) {
      return new Event(fork, Outcome.FAILED, Double.NaN, wall);
    }
    double median = trueScore.applyAsDouble(fork.cell());
    double score = median * Math.max(0.1, 1 + variation * random.nextGaussian());
    boolean disturbed = random.nextDouble() < disturbanceRate;
    return new Event(fork, disturbed ? Outcome.DISTURBED : Outcome.ENDED, score, wall);
  }

  /** Returns so many cells of one network. */
  static List<Cell> cells(int count) {
    Precision[] precisions = Precision.values();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int level = i / precisions.length;
      cells.add(
          new Cell(new Variant("net", level * 0.05, precisions[i % precisions.length]), 1, 1));
    }
    return cells;
  }
}
