package io.edgefrontier.bench;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Finds out whether calls leave native memory behind.
 *
 * <p>Memory is read after each of ten equal stretches of calls, and the growth is the median of
 * their ten rates: a leak adds to every stretch, whereas the JVM's compiler and the allocators'
 * arenas grow by megabytes at once, and seldom. The Java heap is left out, since its pages fill up
 * whatever is called. What stays is noise, upwards: 0.4 to 3.7 MiB per 1000 calls in 12 forks on
 * two cores that eight others wanted. A leak shows in every fork, so take the median over forks.
 */
final class NativeGrowth {
  private static final int STRETCHES = 10;

  /** With fewer, the median is no protection against a single jump. */
  private static final int MIN_STRETCHES = 5;

  private static final int CALLS_PER_STRETCH = 100;

  // Enough for the JVM to have compiled what a call needs; before, its compiler grows most.
  private static final int WARMUP_CALLS = 300;

  private NativeGrowth() {}

  /**
   * Runs the first calls of a network, in which the engine optimises it and fills its caches.
   *
   * @param most time, if it is not enough for 300 calls
   */
  static void warmUp(Runnable call, Duration most) {
    call(call, WARMUP_CALLS, most.toNanos());
  }

  /**
   * Runs at most 1000 calls and returns what they left behind.
   *
   * @param most time, if it is not enough for all of them
   * @return in KiB per 1000 calls; negative if memory was given back. Empty where the platform does
   *     not tell, and when fewer than five calls fit into the time
   */
  static OptionalDouble kibPer1000Calls(Runnable call, Duration most) {
    Optional<JavaHeap> heap = JavaHeap.current();
    if (heap.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] rates = new double[STRETCHES];
    int stretches = 0;
    long spent = 0;
    OptionalLong before = nativeBytes(heap.get());
    while (before.isPresent() && stretches < STRETCHES && spent < most.toNanos()) {
      long start = System.nanoTime();
      int calls = call(call, CALLS_PER_STRETCH, most.toNanos() / STRETCHES);
      spent += System.nanoTime() - start;
      OptionalLong after = nativeBytes(heap.get());
      rates[stretches++] = (after.orElseThrow() - before.getAsLong()) / 1024.0 / calls * 1000;
      before = after;
    }
    return stretches < MIN_STRETCHES
        ? OptionalDouble.empty()
        : OptionalDouble.of(median(Arrays.copyOf(rates, stretches)));
  }

  private static int call(Runnable call, int most, long nanos) {
    long start = System.nanoTime();
    int calls = 0;
    do {
      call.run();
      calls++;
    } while (calls < most && System.nanoTime() - start < nanos);
    return calls;
  }

  private static OptionalLong nativeBytes(JavaHeap heap) {
    return ProcessMemory.current()
        .map(memory -> OptionalLong.of(memory.nativeBytes(heap)))
        .orElse(OptionalLong.empty());
  }

  private static double median(double[] rates) {
    Arrays.sort(rates);
    int middle = rates.length / 2;
    return rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
  }
}
