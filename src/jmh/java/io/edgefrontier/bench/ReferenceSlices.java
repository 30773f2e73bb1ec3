package io.edgefrontier.bench;

import java.util.Arrays;

/** Times of the reference's calls in the two slices around one iteration. */
final class ReferenceSlices {
  /** A slice is never so short that one disturbed call could decide its median. */
  private static final int MIN_CALLS = 5;

  private final Runnable call;
  private final long[] callNanos;
  private int calls;

  /**
   * Allocates room for the times, so that none is allocated while calls are timed.
   *
   * @param capacity of both slices together, in calls; at least twice {@value #MIN_CALLS}
   */
  ReferenceSlices(Runnable call, int capacity) {
    this.call = call;
    this.callNanos = new long[capacity];
  }

  /** Forgets the slices of the iteration before. */
  void clear() {
    calls = 0;
  }

  /** Calls for {@code nanos}, but until half the capacity is used at most. */
  void run(long nanos) {
    int first = calls;
    int last = first + callNanos.length / 2;
    long start = System.nanoTime();
    long before = start;
    do {
      call.run();
      long after = System.nanoTime();
      callNanos[calls++] = after - before;
      before = after;
    } while (calls < last && (before - start < nanos || calls - first < MIN_CALLS));
  }

  /** Returns the times of both slices, in the order of the calls. */
  long[] callNanos() {
    return Arrays.copyOf(callNanos, calls);
  }
}
