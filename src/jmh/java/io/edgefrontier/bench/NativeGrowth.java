package io.edgefrontier.bench;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
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
 * whatever is called. What stays is noise of about 100 KiB per 1000 calls.
 */
final class NativeGrowth {
  private static final int STRETCHES = 10;

  /** With fewer, the median is no protection against a single jump. */
  private static final int MIN_STRETCHES = 5;

  private static final int CALLS_PER_STRETCH = 200;
  private static final long STRETCH_NANOS = 100_000_000;
  private static final long TOTAL_NANOS = STRETCHES * STRETCH_NANOS;

  private static final int WARMUP_CALLS = 200;
  private static final long WARMUP_NANOS = 500_000_000;

  private NativeGrowth() {}

  /** Runs the first calls of a network, in which the engine optimises it and fills its caches. */
  static void warmUp(Runnable call) {
    call(call, WARMUP_CALLS, WARMUP_NANOS);
  }

  /**
   * Runs at most 2000 calls, for a second at most, and returns what they left behind.
   *
   * @return in KiB per 1000 calls; negative if memory was given back. Empty where the platform does
   *     not tell, and when fewer than five calls fit into the time
   */
  static OptionalDouble kibPer1000Calls(Runnable call) {
    Optional<JavaHeap> heap = JavaHeap.current();
    if (heap.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] rates = new double[STRETCHES];
    int stretches = 0;
    long spent = 0;
    OptionalLong before = nativeBytes(heap.get());
    while (before.isPresent() && stretches < STRETCHES && spent < TOTAL_NANOS) {
      long start = System.nanoTime();
      int calls = call(call, CALLS_PER_STRETCH, STRETCH_NANOS);
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
