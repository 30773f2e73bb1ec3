package io.edgefrontier.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Times of so many calls, each next to the time of one call that runs as many rounds in the engine.
 *
 * <p>With t for a round and o for what stands around one call, n calls take n (t + o) and the loop
 * n t + o, so that o is their difference divided by n - 1. The two of a pair follow each other at
 * once and take equally long, so what the machine does to one it does to the other; of the pairs
 * the median counts.
 */
final class OverheadPairs {
  private static final int CAPACITY = 1 << 16;

  private final int rounds;
  private final double[] overheadMicros = new double[CAPACITY];
  private final double[] roundMicros = new double[CAPACITY];
  private int size;

  /**
   * @param rounds of a looped call, and calls on the other side; at least 2
   */
  OverheadPairs(int rounds) {
    this.rounds = rounds;
  }

  void clear() {
    size = 0;
  }

  /** Returns whether the next pair begins with the calls; each order has every other pair. */
  boolean callsFirst() {
    return size % 2 == 0;
  }

  /** Adds a pair, as long as there is room. */
  void add(long callsNanos, long loopNanos) {
    if (size < CAPACITY) {
      double overhead = (callsNanos - loopNanos) / 1e3 / (rounds - 1);
      overheadMicros[size] = overhead;
      roundMicros[size] = (loopNanos / 1e3 - overhead) / rounds;
      size++;
    }
  }

  /** Returns median and quartiles of the overhead, and the median time of a round. */
  List<Observation> observations() {
    if (size == 0) {
      return List.of();
    }
    double[] overhead = Arrays.copyOf(overheadMicros, size);
    double[] round = Arrays.copyOf(roundMicros, size);
    Arrays.sort(overhead);
    Arrays.sort(round);
    return List.of(
        new Observation("overhead", overhead[size / 2], "us/op"),
        new Observation("overhead.q1", overhead[size / 4], "us/op"),
        new Observation("overhead.q3", overhead[size * 3 / 4], "us/op"),
        new Observation("overhead.round", round[size / 2], "us/op"),
        new Observation("overhead.pairs", size, "pairs"));
  }
}
