package io.edgefrontier.sweep;

import io.edgefrontier.analysis.Bootstrap;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.result.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Mode;

/** The forks of one kind in one cell: which have run, and which of them count. */
final class Series {
  private final Cell cell;
  private final ForkKind kind;
  private final List<Scored> used = new ArrayList<>();
  private Optional<Scored> awaitsRepeat = Optional.empty();
  private Interval interval = Interval.ABSENT;
  private int lastNumber;
  private int lastRound;
  private boolean abandoned;

  private record Scored(Fork fork, double score) {}

  Series(Cell cell, ForkKind kind) {
    this.cell = cell;
    this.kind = kind;
  }

  Cell cell() {
    return cell;
  }

  ForkKind kind() {
    return kind;
  }

  /** Returns the fork that would be the next one. */
  Fork nextFork() {
    return new Fork(cell, kind, lastNumber + 1);
  }

  /** Returns the round in which it ran last; 0 if it has not. */
  int lastRound() {
    return lastRound;
  }

  /** Returns how many forks count. */
  int size() {
    return used.size();
  }

  /** Returns whether a fork counts. */
  boolean uses(Fork fork) {
    return used.stream().anyMatch(scored -> scored.fork().equals(fork));
  }

  /** Returns whether a fork was disturbed and its repeat has not ended yet. */
  boolean awaitsRepeat() {
    return awaitsRepeat.isPresent();
  }

  /** Returns whether the cell has failed, so that no fork follows. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** Uses up a fork's number and turn, whatever becomes of it. */
  void ran(Fork fork, int round) {
    if (fork.number() <= lastNumber) {
      throw new IllegalArgumentException(
          "%s is told after fork %d of its kind; each fork is told once, in the order of numbers"
              .formatted(fork.fileName(), lastNumber));
    }
    lastNumber = fork.number();
    lastRound = round;
  }

  /** Counts a fork, in the place of a disturbed one if there is one. */
  void ended(Fork fork, double score) {
    awaitsRepeat.ifPresent(used::remove);
    awaitsRepeat = Optional.empty();
    count(new Scored(fork, score));
  }

  /** Counts a disturbed fork until its repeat has ended; of two disturbed ones, the better. */
  void disturbed(Fork fork, double score) {
    if (awaitsRepeat.isEmpty()) {
      Scored scored = new Scored(fork, score);
      awaitsRepeat = Optional.of(scored);
      count(scored);
    } else if (isWorse(score, awaitsRepeat.get().score())) {
      awaitsRepeat = Optional.empty();
    } else {
      ended(fork, score);
    }
  }

  /** Ends the series, because its cell has failed. */
  void abandon() {
    abandoned = true;
  }

  /** Returns the interval of the median of latency forks. */
  Interval interval() {
    return interval;
  }

  /** Returns half of the interval's width over the median; infinite without an interval. */
  double relativeHalfWidth() {
    return interval.isPresent()
        ? (interval.high() - interval.low()) / 2 / Statistics.median(scores())
        : Double.POSITIVE_INFINITY;
  }

  private void count(Scored scored) {
    used.add(scored);
    if (kind == ForkKind.LATENCY) {
      interval = Bootstrap.ofMedian(scores());
    }
  }

  private double[] scores() {
    return used.stream().mapToDouble(Scored::score).toArray();
  }

  private boolean isWorse(double score, double other) {
    return kind.mode() == Mode.Throughput ? score < other : score > other;
  }
}
