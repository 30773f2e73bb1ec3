package io.edgefrontier.bench;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a fork learns about itself outside the timed code.
 *
 * <p>Static, because JMH creates benchmark states and profilers by itself and gives them no other
 * way to meet; a fork is one process for one benchmark, so there is nothing to mix up.
 */
final class ForkFacts {
  private static final double MIB = 1 << 20;

  private static Optional<ProcessMemory> engineReady = Optional.empty();
  private static Optional<ProcessMemory> inferencesDone = Optional.empty();
  private static OptionalDouble growth = OptionalDouble.empty();
  private static OptionalDouble loadMs = OptionalDouble.empty();
  private static OptionalDouble firstMs = OptionalDouble.empty();
  private static long[] referenceNanos = {};
  private static ResponseTimes responses = new ResponseTimes();
  private static List<Observation> overhead = List.of();

  private ForkFacts() {}

  /** The engine has started and no archive is loaded. Forgets everything before. */
  static synchronized void engineReady() {
    engineReady = ProcessMemory.current();
    inferencesDone = Optional.empty();
    growth = OptionalDouble.empty();
    loadMs = OptionalDouble.empty();
    firstMs = OptionalDouble.empty();
    referenceNanos = new long[0];
    responses = new ResponseTimes();
    overhead = List.of();
  }

  /** The archive has been loaded and, in {@code firstNanos} more, given its first result. */
  static synchronized void started(long loadNanos, long firstNanos) {
    loadMs = OptionalDouble.of(loadNanos / 1e6);
    firstMs = OptionalDouble.of(firstNanos / 1e6);
  }

  /** The archive has given results and is still loaded. */
  static synchronized void inferencesDone() {
    inferencesDone = ProcessMemory.current();
  }

  /** Native memory that further calls left behind, in KiB per 1000 calls. */
  static synchronized void growth(OptionalDouble kibPer1000Calls) {
    growth = kibPer1000Calls;
  }

  /** One thread's calls of the reference around the iteration that ends. */
  static synchronized void referenceCalls(long[] nanos) {
    int before = referenceNanos.length;
    referenceNanos = Arrays.copyOf(referenceNanos, before + nanos.length);
    System.arraycopy(nanos, 0, referenceNanos, before, nanos.length);
  }

  /** One thread's response times of all measurement iterations. */
  static synchronized void responses(ResponseTimes ofThread) {
    responses.addAll(ofThread);
  }

  /** The overhead of all calls so far, in place of what was known before. */
  static synchronized void overhead(List<Observation> ofCalls) {
    overhead = List.copyOf(ofCalls);
  }

  /** Returns what is known of the iteration that has ended, and forgets it. */
  static synchronized List<Observation> ofIteration() {
    long[] nanos = referenceNanos;
    referenceNanos = new long[0];
    return nanos.length == 0
        ? List.of()
        : List.of(new Observation("reference", median(nanos) / 1e6, "ms/op"));
  }

  /**
   * Returns what is known of the fork; nothing stands for what this platform cannot tell.
   *
   * @param callers benchmark threads; of several, each has loaded an archive of its own at the same
   *     time, so neither time nor memory is that of one
   */
  static synchronized List<Observation> ofFork(int callers) {
    List<Observation> facts = new ArrayList<>(responses.observations());
    facts.addAll(overhead);
    if (callers == 1) {
      loadMs.ifPresent(ms -> facts.add(new Observation("load", ms, "ms")));
      firstMs.ifPresent(ms -> facts.add(new Observation("first", ms, "ms")));
      if (!PairedReference.isOn()) {
        facts.addAll(memory());
      }
    }
    return facts;
  }

  private static List<Observation> memory() {
    List<Observation> facts = new ArrayList<>();
    inferencesDone.ifPresent(
        done -> facts.add(new Observation("rss.peak", done.peakBytes() / MIB, "MiB")));
    modelBytes().ifPresent(bytes -> facts.add(new Observation("rss.model", bytes / MIB, "MiB")));
    growth.ifPresent(kib -> facts.add(new Observation("rss.growth", kib, "KiB per 1000 calls")));
    return facts;
  }

  private static Optional<Long> modelBytes() {
    if (engineReady.isEmpty() || inferencesDone.isEmpty()) {
      return Optional.empty();
    }
    // The heap is asked for after the fork's peak has been read, because asking takes memory.
    return JavaHeap.current()
        .map(heap -> inferencesDone.get().nativeBytes(heap) - engineReady.get().nativeBytes(heap));
  }

  /** Returns the middle value, or the mean of the two in the middle. */
  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
