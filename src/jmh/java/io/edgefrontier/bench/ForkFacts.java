package io.edgefrontier.bench;

import io.edgefrontier.measure.ProcessMemory;
import java.util.ArrayList;
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
  private static OptionalDouble loadMs = OptionalDouble.empty();

  private ForkFacts() {}

  /** The engine has started and no archive is loaded. Forgets everything before. */
  static synchronized void engineReady() {
    engineReady = ProcessMemory.current();
    inferencesDone = Optional.empty();
    loadMs = OptionalDouble.empty();
  }

  /** The archive has been loaded. */
  static synchronized void loaded(long nanos) {
    loadMs = OptionalDouble.of(nanos / 1e6);
  }

  /** The last inference has returned and the archive is still loaded. */
  static synchronized void inferencesDone() {
    inferencesDone = ProcessMemory.current();
  }

  /** Returns what is known; nothing stands for what this platform cannot tell. */
  static synchronized List<ForkFact> results() {
    List<ForkFact> facts = new ArrayList<>();
    loadMs.ifPresent(ms -> facts.add(new ForkFact("load", ms, "ms")));
    inferencesDone.ifPresent(
        done -> facts.add(new ForkFact("rss.peak", done.peakBytes() / MIB, "MiB")));
    if (engineReady.isPresent() && inferencesDone.isPresent()) {
      long growth = inferencesDone.get().residentBytes() - engineReady.get().residentBytes();
      facts.add(new ForkFact("rss.model", growth / MIB, "MiB"));
    }
    return facts;
  }
}
