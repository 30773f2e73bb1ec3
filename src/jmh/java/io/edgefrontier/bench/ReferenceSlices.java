package io.edgefrontier.bench;

import java.util.Arrays;

/** Times of a reference's calls in the two slices around one iteration. */
final class ReferenceSlices {
  private static final int MIN_CALLS = 5;

  private final Runnable call;
  private final long[] callNanos;
  private final int minCalls;
  private int calls;

  /**
   * Makes slices that are never so short that one disturbed call could decide their median.
   *
   * @param capacity of both slices together, in calls; at least twice {@value #MIN_CALLS}
   */
  ReferenceSlices(Runnable call, int capacity) {
    this(call, capacity, MIN_CALLS);
  }

  /**
   * Allocates room for the times, so that none is allocated while calls are timed.
   *
   * @param capacity of both slices together, in calls; at least twice {@code minCalls}
   * @param minCalls that a slice has, however short it should be
   */
  ReferenceSlices(Runnable call, int capacity, int minCalls) {
    this.call = call;
    this.callNanos = new long[capacity];
    this.minCalls = minCalls;
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
    } while (calls < last && (before - start < nanos || calls - first < minCalls));
  }

  /** Returns the times of both slices, in the order of the calls. */
  long[] callNanos() {
    return Arrays.copyOf(callNanos, calls);
  }
}
