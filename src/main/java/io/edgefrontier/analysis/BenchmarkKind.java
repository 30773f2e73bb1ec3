package io.edgefrontier.analysis;

import io.edgefrontier.result.JmhResult;
import java.util.Optional;

/** The entries of a JMH file that a cell is made of: one of our benchmarks in its JMH mode. */
public enum BenchmarkKind {
  /** Service time of one forward call. */
  LATENCY("InferenceBenchmark.forward", "sample", 1),
  /** Archive open to first result in a fresh JVM. */
  COLD_START("ColdStartBenchmark.loadAndFirstInference", "ss", 2),
  /** Forward calls back to back. */
  THROUGHPUT("InferenceBenchmark.forward", "thrpt", 4),
  /** Forward calls back to back, in windows long enough for a sensor. */
  ENERGY("EnergyBenchmark.forward", "avgt", 8),
  /** Requests that arrive at random. */
  OPEN_LOOP("OpenLoopBenchmark.respond", "thrpt", 16);

  private static final BenchmarkKind[] ALL = values();

  private final String benchmark;
  private final String mode;
  private final int bit;

  BenchmarkKind(String method, String mode, int bit) {
    this.benchmark = "io.edgefrontier.bench." + method;
    this.mode = mode;
    this.bit = bit;
  }

  /** Returns the full name of the benchmark method. */
  public String benchmark() {
    return benchmark;
  }

  /** Returns a bit of its own: a million cells say in one int each which kinds they have. */
  int bit() {
    return bit;
  }

  /** Returns the kind of an entry, empty for other benchmarks and other modes. */
  public static Optional<BenchmarkKind> of(JmhResult result) {
    for (BenchmarkKind kind : ALL) {
      if (kind.mode.equals(result.mode()) && kind.benchmark.equals(result.benchmark())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
