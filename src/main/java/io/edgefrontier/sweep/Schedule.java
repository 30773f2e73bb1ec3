package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Decides which fork runs next, and when there are enough.
 *
 * <p>Forks run in rounds: in each, every cell has at most one turn per kind of fork, in a new
 * random order. A machine that gets slower during a sweep then slows every cell alike, and no cell
 * always runs after the same neighbour. Every cell gets the forks that {@link Effort} requires,
 * whatever the time budget. Latency forks are then added until the cell is precise, has the
 * maximum, or ranks clearly without ({@link Needs}), as far as the time budget has room; where it
 * has no room for all, cells with the widest intervals go first.
 *
 * <p>A fork that fails is run again; after its second failure a cell gets no more forks. A fork
 * that was disturbed is repeated once, if the time budget has room. It counts until its repeat has
 * ended, and for good if that is disturbed as well and its score worse.
 *
 * <p>There is no hidden state: what comes next follows from the forks that were told and the time.
 * A sweep that goes on in a new process tells those of the old one, in the order in which they
 * ended, before it asks for the first fork.
 */
final class Schedule {
  private static final int FAILURES_OF_A_CELL = 2;
  private static final Duration UNBOUNDED = Duration.ofSeconds(Long.MAX_VALUE);

  private final Effort effort;
  private final long seed;
  private final Needs needs;
  private final List<Series> all = new ArrayList<>();
  private final Map<Cell, Map<ForkKind, Series>> byCell = new LinkedHashMap<>();
  private final Map<Cell, Integer> failures = new LinkedHashMap<>();
  private final WallTimes walls = new WallTimes();
  private final Set<Fork> withResult = new LinkedHashSet<>();
  private int forksRun;
  private int round;

  /**
   * Makes the schedule of a sweep of which nothing has run.
   *
   * @param seed of the order within rounds
   */
  Schedule(List<Cell> cells, Effort effort, Ranking ranking, long seed) {
    this.effort = effort;
    this.seed = seed;
    for (Cell cell : cells) {
      Map<ForkKind, Series> kinds = new EnumMap<>(ForkKind.class);
      for (ForkKind kind : ForkKind.values()) {
        Series series = new Series(cell, kind);
        kinds.put(kind, series);
        all.add(series);
      }
      byCell.put(cell, kinds);
    }
    this.needs =
        new Needs(
            all.stream().filter(series -> series.kind() == ForkKind.LATENCY).toList(),
            effort,
            ranking);
  }

  /**
   * Returns the next fork, the same until its outcome is told; empty when the sweep is complete.
   *
   * @param elapsed wall clock of the sweep so far, earlier processes of it included
   */
  Optional<Fork> next(Duration elapsed) {
    Duration room = room(elapsed);
    List<Series> due = all.stream().filter(series -> isDue(series, room)).toList();
    List<Series> open = due.stream().filter(series -> series.lastRound() < round).toList();
    boolean newRound = open.isEmpty();
    List<Series> candidates = newRound ? due : open;
    Comparator<Series> order = Comparator.comparing(places(newRound ? round + 1 : round)::get);
    if (time(candidates, needs::optionalNow).compareTo(room) > 0) {
      order = Comparator.comparingDouble(this::urgency).reversed().thenComparing(order);
    }
    return candidates.stream().min(order).map(Series::nextFork);
  }

  private boolean isDue(Series series, Duration room) {
    return needs.required(series) > 0
        || (needs.optionalNow(series) > 0 && walls.mean(series.kind()).compareTo(room) <= 0);
  }

  private double urgency(Series series) {
    // Time for what is required is set aside, so it takes nothing from the others by going first.
    return needs.required(series) > 0 ? Double.POSITIVE_INFINITY : series.relativeHalfWidth();
  }

  /** Returns the place of every series in the order of a round. */
  private Map<Series, Integer> places(int number) {
    // Hashed twice, or the rounds of one seed would be those of the next, one round later.
    long roundSeed = new SplittableRandom(seed).nextLong() + number;
    List<Series> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(new SplittableRandom(roundSeed).nextLong()));
    Map<Series, Integer> places = new HashMap<>();
    shuffled.forEach(series -> places.put(series, places.size()));
    return places;
  }

  /** Returns the time that is left for forks beyond those required. */
  private Duration room(Duration elapsed) {
    return effort
        .timeBudget()
        .map(budget -> budget.minus(elapsed).minus(time(all, needs::required)))
        .orElse(UNBOUNDED);
  }

  /** Returns how long so many forks of each series take. */
  private Duration time(List<Series> series, ToIntFunction<Series> forks) {
    return series.stream()
        .map(one -> walls.mean(one.kind()).multipliedBy(forks.applyAsInt(one)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Hears that a fork has ended with a result.
   *
   * @param score what the fork measured: for latency the ratio to the reference or, without one,
   *     the median in ms, which is finite and above 0; for other kinds JMH's score
   * @throws IllegalArgumentException if the fork is none of this sweep or was told before
   */
  void ended(Fork fork, double score, Duration wall) {
    resultOf(fork, score, wall).ended(fork, score);
  }

  /** Hears that a fork has ended with a result, but that the machine was disturbed meanwhile. */
  void disturbed(Fork fork, double score, Duration wall) {
    resultOf(fork, score, wall).disturbed(fork, score);
  }

  private Series resultOf(Fork fork, double score, Duration wall) {
    if (fork.kind() == ForkKind.LATENCY && !(score > 0 && Double.isFinite(score))) {
      throw new IllegalArgumentException(
          fork.fileName() + ": a latency is finite and above 0, got " + score);
    }
    Series series = ran(fork);
    walls.add(fork.kind(), wall);
    withResult.add(fork);
    return series;
  }

  /** Hears that a fork has ended without a result. */
  void failed(Fork fork) {
    ran(fork);
    if (failures.merge(fork.cell(), 1, Integer::sum) == FAILURES_OF_A_CELL) {
      byCell.get(fork.cell()).values().forEach(Series::abandon);
    }
  }

  private Series ran(Fork fork) {
    if (!byCell.containsKey(fork.cell())) {
      throw new IllegalArgumentException(fork.fileName() + " is no fork of this sweep");
    }
    Series series = byCell.get(fork.cell()).get(fork.kind());
    int turn = series.lastRound() < round ? round : round + 1;
    series.ran(fork, turn);
    round = turn;
    forksRun++;
    return series;
  }

  /**
   * Returns how long the rest takes at most: as if every cell that is not precise yet needed the
   * maximum of forks, as far as the time budget goes. Empty until a fork has ended with a result.
   */
  Optional<Duration> remaining(Duration elapsed) {
    if (walls.isEmpty()) {
      return Optional.empty();
    }
    Duration optional = time(all, needs::optionalAtMost);
    Duration room = room(elapsed);
    Duration bounded = optional.compareTo(room) > 0 ? room : optional;
    return Optional.of(
        time(all, needs::required).plus(bounded.isNegative() ? Duration.ZERO : bounded));
  }

  /** Returns how many forks have ended, with a result or not. */
  int forksRun() {
    return forksRun;
  }

  /**
   * Returns how many forks follow at most, in the same sense; failures and disturbances to come add
   * to it.
   */
  int forksLeft(Duration elapsed) {
    int required = all.stream().mapToInt(needs::required).sum();
    int optional = all.stream().mapToInt(needs::optionalAtMost).sum();
    Duration each = walls.mean(ForkKind.LATENCY);
    Duration room = room(elapsed);
    if (each.isZero() || room.compareTo(each.multipliedBy(optional)) >= 0) {
      return required + optional;
    }
    return required + (int) Math.max(0, room.toNanos() / each.toNanos());
  }

  /** Returns the forks whose results count, in the order in which they ended. */
  List<Fork> used() {
    return withResult.stream().filter(fork -> uses(fork)).toList();
  }

  private boolean uses(Fork fork) {
    Series series = byCell.get(fork.cell()).get(fork.kind());
    return !series.isAbandoned() && series.uses(fork);
  }

  /** Returns the cells that have failed twice. */
  Set<Cell> failedCells() {
    return all.stream()
        .filter(Series::isAbandoned)
        .map(Series::cell)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns what stopping early has spared. */
  Savings savings() {
    List<Series> latencies =
        all.stream()
            .filter(series -> series.kind() == ForkKind.LATENCY && !series.isAbandoned())
            .toList();
    int used = latencies.stream().mapToInt(Series::size).sum();
    int most = latencies.size() * effort.maxForks();
    return new Savings(used, most, walls.mean(ForkKind.LATENCY).multipliedBy(most - used));
  }
}
