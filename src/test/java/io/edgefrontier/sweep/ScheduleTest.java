package io.edgefrontier.sweep;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Cell;
import io.edgefrontier.sweep.SimulatedSweep.Event;
import io.edgefrontier.sweep.SimulatedSweep.Outcome;
import io.edgefrontier.variant.Variant;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final Duration WALL = Duration.ofSeconds(5);

  @Test
  void keepsItsPromisesWhateverBecomesOfForks() {
    for (int trial = 0; trial < 60; trial++) {
      Random random = new Random(trial);
      List<Cell> cells = SimulatedSweep.cells(1 + random.nextInt(8));
      int minForks = 1 + random.nextInt(4);
      Effort effort =
          new Effort(
              minForks,
              minForks + random.nextInt(6),
              random.nextBoolean() ? 0.02 : 0,
              random.nextBoolean()
                  ? Optional.of(Duration.ofSeconds(60 + random.nextInt(200)))
                  : Optional.empty(),
              random.nextInt(3),
              random.nextInt(2),
              random.nextInt(2),
              random.nextInt(2));
      boolean trouble = random.nextBoolean();
      SimulatedSweep sweep =
          new SimulatedSweep(cells, effort, randomRanking(cells, random), trial)
              .scores(cell -> 1 + cell.variant().pruningLevel(), 0.01 + 0.05 * random.nextDouble())
              .trouble(trouble ? 0.15 : 0, trouble ? 0.3 : 0);
      Schedule schedule = sweep.schedule();

      List<Event> events = sweep.goOn(schedule, List.of());

      String where = "trial " + trial;
      checkNumbersAreUnique(events, where);
      if (!trouble) {
        checkRounds(cells, effort, events, where);
      }
      checkCounts(cells, effort, schedule, events, where);
      checkBudget(effort, sweep.schedule(), events, where);
      assertEquals(events, sweep.run(), where);
      List<Event> prefix = events.subList(0, random.nextInt(events.size() + 1));
      List<Event> rest = events.subList(prefix.size(), events.size());
      Schedule resumed = sweep.schedule();
      assertEquals(rest, sweep.goOn(resumed, prefix), where);
      assertEquals(schedule.used(), resumed.used(), where);
    }
  }

  private static void checkNumbersAreUnique(List<Event> events, String where) {
    List<Fork> forks = events.stream().map(Event::fork).toList();
    assertEquals(forks.size(), new HashSet<>(forks).size(), where);
  }

  /** Nobody has a turn while somebody who lacks required forks is two turns behind. */
  private static void checkRounds(List<Cell> cells, Effort effort, List<Event> events, String at) {
    Map<String, Integer> turns = new HashMap<>();
    for (Event event : events) {
      String series = series(event.fork().cell(), event.fork().kind());
      int turn = turns.merge(series, 1, Integer::sum);
      for (Cell cell : cells) {
        for (ForkKind kind : ForkKind.values()) {
          int other = turns.getOrDefault(series(cell, kind), 0);
          assertTrue(
              other >= effort.required(kind) || other >= turn - 1,
              () -> at + ": " + series + " runs again before " + series(cell, kind));
        }
      }
    }
  }

  private static void checkCounts(
      List<Cell> cells, Effort effort, Schedule schedule, List<Event> events, String at) {
    for (Cell cell : cells) {
      long failures = count(events, cell, Outcome.FAILED);
      assertEquals(failures >= 2, schedule.failedCells().contains(cell), at);
      assertTrue(failures <= 2, at);
      for (ForkKind kind : ForkKind.values()) {
        long used = used(schedule, cell, kind);
        assertTrue(used <= effort.most(kind), at);
        assertTrue(failures >= 2 ? used == 0 : used >= effort.required(kind), at);
      }
    }
    assertEquals(events.size(), schedule.forksRun(), at);
  }

  /** Beyond the budget, no fork runs but for cells that still lack required ones. */
  private static void checkBudget(Effort effort, Schedule schedule, List<Event> events, String at) {
    Duration elapsed = Duration.ZERO;
    for (Event event : events) {
      Fork fork = event.fork();
      if (elapsed.compareTo(effort.timeBudget().orElse(Duration.ofDays(1))) > 0) {
        long used = used(schedule, fork.cell(), fork.kind());
        assertTrue(used < effort.required(fork.kind()), () -> at + fork.fileName());
      }
      SimulatedSweep.tell(schedule, event);
      elapsed = elapsed.plus(event.wall());
    }
  }

  @Test
  void givesEveryCellItsTurnInEachRound() {
    List<Cell> cells = SimulatedSweep.cells(16);
    List<Event> events = new SimulatedSweep(cells, Effort.fixed(3, 1), Ranking.UNKNOWN, 42).run();

    List<Fork> forks = events.stream().map(Event::fork).toList();
    assertEquals(16 * 4, forks.size());
    List<List<Fork>> rounds =
        List.of(forks.subList(0, 32), forks.subList(32, 48), forks.subList(48, 64));
    for (int round = 1; round <= 3; round++) {
      int number = round;
      List<Fork> latencies =
          rounds.get(round - 1).stream().filter(f -> f.kind() == ForkKind.LATENCY).toList();
      assertEquals(new HashSet<>(cells), latencies.stream().map(Fork::cell).collect(toSet()));
      assertTrue(latencies.stream().allMatch(fork -> fork.number() == number));
    }
    assertNotEquals(order(rounds.get(1)), order(rounds.get(2)));
    List<Event> other = new SimulatedSweep(cells, Effort.fixed(3, 1), Ranking.UNKNOWN, 43).run();
    List<Fork> otherForks = other.stream().map(Event::fork).toList();
    assertNotEquals(order(rounds.get(1)), order(otherForks.subList(32, 48)));
    assertNotEquals(order(rounds.get(2)), order(otherForks.subList(32, 48)));
  }

  @Test
  void runsAFailedForkAgainAndGivesACellUpAfterTheSecondFailure() {
    Cell cell = SimulatedSweep.cells(1).get(0);
    Schedule schedule = new Schedule(List.of(cell), Effort.fixed(2, 1), Ranking.UNKNOWN, 1);
    Fork first = latency(cell, 1);
    schedule.failed(first);
    assertEquals(Set.of(), schedule.failedCells());
    schedule.ended(latency(cell, 2), 1, WALL);
    schedule.ended(latency(cell, 3), 1, WALL);
    Fork cold = new Fork(cell, ForkKind.COLD_START, 1);
    assertEquals(Optional.of(cold), schedule.next(Duration.ZERO));
    assertEquals(1, schedule.forksLeft(Duration.ZERO));

    schedule.failed(cold);

    assertEquals(Set.of(cell), schedule.failedCells());
    assertEquals(Optional.empty(), schedule.next(Duration.ZERO));
    assertEquals(List.of(), schedule.used());
    assertEquals(4, schedule.forksRun());
  }

  @Test
  void usesTheRepeatOfADisturbedForkInItsPlace() {
    Cell cell = SimulatedSweep.cells(1).get(0);
    Schedule schedule = new Schedule(List.of(cell), Effort.fixed(1, 0), Ranking.UNKNOWN, 1);
    schedule.disturbed(latency(cell, 1), 1.0, WALL);
    assertEquals(List.of(latency(cell, 1)), schedule.used());
    assertEquals(Optional.of(latency(cell, 2)), schedule.next(Duration.ZERO));

    schedule.ended(latency(cell, 2), 1.5, WALL);

    assertEquals(List.of(latency(cell, 2)), schedule.used());
    assertEquals(Optional.empty(), schedule.next(Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({"LATENCY, 1.5, 1", "LATENCY, 0.9, 2", "THROUGHPUT, 1.5, 2", "THROUGHPUT, 0.9, 1"})
  void usesTheBetterOfTwoDisturbedForksAndRepeatsNoMore(ForkKind kind, double repeat, int used) {
    Cell cell = SimulatedSweep.cells(1).get(0);
    Effort effort = new Effort(1, 1, 0, Optional.empty(), 0, 1, 0, 0);
    Schedule schedule = new Schedule(List.of(cell), effort, Ranking.UNKNOWN, 1);
    ForkKind otherKind = kind == ForkKind.LATENCY ? ForkKind.THROUGHPUT : ForkKind.LATENCY;
    schedule.ended(new Fork(cell, otherKind, 1), 1, WALL);
    schedule.disturbed(new Fork(cell, kind, 1), 1.0, WALL);
    schedule.disturbed(new Fork(cell, kind, 2), repeat, WALL);

    assertTrue(schedule.used().contains(new Fork(cell, kind, used)));
    assertEquals(2, schedule.used().size());
    assertEquals(Optional.empty(), schedule.next(Duration.ZERO));
  }

  @Test
  void repeatsNoDisturbedForkBeyondTheTimeBudget() {
    Cell cell = SimulatedSweep.cells(1).get(0);
    Effort effort = new Effort(1, 5, 0, Optional.of(Duration.ofSeconds(8)), 0, 0, 0, 0);
    Schedule schedule = new Schedule(List.of(cell), effort, Ranking.UNKNOWN, 1);
    schedule.disturbed(latency(cell, 1), 1.0, WALL);

    assertEquals(Optional.of(latency(cell, 2)), schedule.next(Duration.ofSeconds(3)));
    assertEquals(Optional.empty(), schedule.next(Duration.ofSeconds(4)));
  }

  @Test
  void stopsCellsThatRankClearlyAndGivesTheTimeToThoseNearTheFrontier() {
    List<Cell> cells = SimulatedSweep.cells(8);
    Map<Variant, Double> accuracies = new HashMap<>();
    // Cells 0 and 1 are equally fast and accurate, 2 to 5 slower and no better, 6 slower but more
    // accurate, 7 the fastest but too large.
    double[] medians = {1, 1, 1.5, 1.6, 1.7, 1.8, 2, 0.5};
    double[] accuracy = {0.9, 0.9, 0.9, 0.8, 0.7, 0.9, 0.99, 0.99};
    IntStream.range(0, 8).forEach(i -> accuracies.put(cells.get(i).variant(), accuracy[i]));
    Ranking ranking = new Ranking(accuracies, Set.of(cells.get(7).variant()));
    Effort effort = new Effort(5, 40, 0.01, Optional.empty(), 0, 0, 0, 0);
    SimulatedSweep sweep =
        new SimulatedSweep(cells, effort, ranking, 5)
            .scores(cell -> medians[cells.indexOf(cell)], 0.04);
    Schedule schedule = sweep.schedule();
    List<Event> events = sweep.goOn(schedule, List.of());

    for (int i = 0; i < 8; i++) {
      long forks = count(events, cells.get(i), Outcome.ENDED);
      boolean clear = (i >= 2 && i <= 5) || i == 7;
      assertTrue(clear ? forks == 5 : forks > 20, "cell " + i + ": " + forks);
    }
    Savings savings = schedule.savings();
    assertEquals(events.size(), savings.forks());
    assertEquals(320, savings.mostForks());
    assertEquals((320 - events.size()) * 5.0, savings.time().toMillis() / 1000.0, 0.1 * 320);
  }

  @Test
  void measuresTheWidestIntervalsFirstWhenTimeIsShort() {
    List<Cell> cells = SimulatedSweep.cells(6);
    Effort effort = new Effort(5, 40, 0.001, Optional.of(Duration.ofMinutes(3)), 0, 0, 0, 0);
    List<Event> events =
        new SimulatedSweep(cells, effort, Ranking.UNKNOWN, 5).scores(cell -> 1, 0.02).run();
    Schedule schedule = new Schedule(cells, effort, Ranking.UNKNOWN, 5);
    for (int number = 1; number <= 5; number++) {
      for (int i = 0; i < cells.size(); i++) {
        schedule.ended(latency(cells.get(i), number), 1 + 0.01 * i * number, WALL);
      }
    }

    assertEquals(Optional.of(latency(cells.get(5), 6)), schedule.next(Duration.ofSeconds(160)));
    assertEquals(Optional.empty(), schedule.next(Duration.ofSeconds(176)));
    assertTrue(events.size() >= 34 && events.size() <= 38, events.size() + " forks");
  }

  @Test
  void saysHowLongTheRestTakesAtMost() {
    Cell cell = SimulatedSweep.cells(1).get(0);
    Effort effort = new Effort(2, 10, 0.02, Optional.of(Duration.ofSeconds(40)), 1, 0, 0, 0);
    Schedule schedule = new Schedule(List.of(cell), effort, Ranking.UNKNOWN, 1);
    assertEquals(Optional.empty(), schedule.remaining(Duration.ZERO));
    schedule.ended(latency(cell, 1), 1, WALL);
    schedule.ended(new Fork(cell, ForkKind.COLD_START, 1), 1, Duration.ofSeconds(2));

    // One required fork and eight optional ones take 45 s, of which 33 s are left.
    assertEquals(Optional.of(Duration.ofSeconds(33)), schedule.remaining(Duration.ofSeconds(7)));
    assertEquals(6, schedule.forksLeft(Duration.ofSeconds(7)));
    assertEquals(Optional.of(Duration.ofSeconds(5)), schedule.remaining(Duration.ofSeconds(50)));
    schedule.ended(latency(cell, 2), 1.01, WALL);
    assertEquals(Optional.of(Duration.ZERO), schedule.remaining(Duration.ofSeconds(12)));
    assertEquals(Optional.empty(), schedule.next(Duration.ofSeconds(12)));
  }

  @Test
  void refusesForksThatCannotBe() {
    Cell cell = SimulatedSweep.cells(2).get(0);
    Cell other = SimulatedSweep.cells(2).get(1);
    Schedule schedule = new Schedule(List.of(cell), Effort.fixed(2, 0), Ranking.UNKNOWN, 1);
    schedule.ended(latency(cell, 1), 1, WALL);

    assertThrows(IllegalArgumentException.class, () -> schedule.failed(latency(other, 1)));
    assertThrows(IllegalArgumentException.class, () -> schedule.ended(latency(cell, 1), 1, WALL));
    assertThrows(
        IllegalArgumentException.class, () -> schedule.ended(latency(cell, 2), Double.NaN, WALL));
    assertThrows(IllegalArgumentException.class, () -> schedule.ended(latency(cell, 2), 0, WALL));
    assertThrows(IllegalArgumentException.class, () -> Effort.fixed(0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Effort(3, 2, 0.02, Optional.empty(), 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Effort(3, 5, Double.NaN, Optional.empty(), 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Effort(3, 5, 0.02, Optional.of(Duration.ZERO), 0, 0, 0, 0));
  }

  private static Ranking randomRanking(List<Cell> cells, Random random) {
    Map<Variant, Double> accuracies = new HashMap<>();
    Set<Variant> rejected = new HashSet<>();
    for (Cell cell : cells) {
      if (random.nextInt(4) > 0) {
        accuracies.put(cell.variant(), 0.9 + 0.01 * random.nextInt(5));
      }
      if (random.nextInt(4) == 0) {
        rejected.add(cell.variant());
      }
    }
    return new Ranking(accuracies, rejected);
  }

  private static Fork latency(Cell cell, int number) {
    return new Fork(cell, ForkKind.LATENCY, number);
  }

  private static String series(Cell cell, ForkKind kind) {
    return Fork.cellName(cell) + " " + kind;
  }

  private static long count(List<Event> events, Cell cell, Outcome outcome) {
    return events.stream()
        .filter(event -> event.fork().cell().equals(cell) && event.outcome() == outcome)
        .count();
  }

  private static long used(Schedule schedule, Cell cell, ForkKind kind) {
    return schedule.used().stream()
        .filter(fork -> fork.cell().equals(cell) && fork.kind() == kind)
        .count();
  }

  private static List<Cell> order(List<Fork> forks) {
    return forks.stream().map(Fork::cell).toList();
  }
}
