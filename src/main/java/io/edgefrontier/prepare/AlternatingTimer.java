package io.edgefrontier.prepare;

import java.util.Arrays;
import java.util.List;

/**
 * Times candidates in turns within one process, so that what the machine does to one it does to the
 * others: between processes the same archive differs by far more than two kernels do.
 */
final class AlternatingTimer {
  private static final int WARM_UP = 2;
  private static final int MIN_CALLS = 3;
  private static final double CLEARLY_FASTER = 0.97;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double PRECISION = 1e3; // of a result, per us

  private final int rounds;
  private final long sliceNanos;

  /**
   * @param rounds of one slice for each candidate
   * @param sliceNanos length of a slice, longer where few calls fit
   */
  AlternatingTimer(int rounds, long sliceNanos) {
    this.rounds = rounds;
    this.sliceNanos = sliceNanos;
  }

  /**
   * Returns each candidate's time per call, us: the lower quartile over rounds, since whatever else
   * runs on the machine only ever lengthens a slice.
   */
  double[] micros(List<LoadedGraph> candidates) {
    double[][] times = new double[candidates.size()][rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < candidates.size(); i++) {
        // Another one first in every round: each follows each.
        int candidate = Math.floorMod(i + round, candidates.size());
        double micros = slice(candidates.get(candidate));
        if (round >= 0) {
          times[candidate][round] = micros;
        }
      }
    }
    return Arrays.stream(times).mapToDouble(AlternatingTimer::lowerQuartile).toArray();
  }

  /** Returns the place of the least time, or {@code preferred} unless it is 3 % above it. */
  static int fastest(double[] micros, int preferred) {
    int best = preferred;
    for (int i = 0; i < micros.length; i++) {
      if (micros[i] < micros[preferred] * CLEARLY_FASTER && micros[i] < micros[best]) {
        best = i;
      }
    }
    return best;
  }

  private double slice(LoadedGraph candidate) {
    long start = System.nanoTime();
    long now;
    int calls = 0;
    do {
      candidate.call();
      calls++;
      now = System.nanoTime();
    } while (now - start < sliceNanos || calls < MIN_CALLS);
    return (now - start) / NANOS_PER_MICRO / calls;
  }

  private static double lowerQuartile(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return Math.rint(sorted[sorted.length / 4] * PRECISION) / PRECISION;
  }
}
