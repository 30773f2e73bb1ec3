package io.edgefrontier.analysis;

import io.edgefrontier.result.JmhResult;
import java.util.Optional;

/** The entries of a JMH file that a cell is made of: one of our benchmarks in its JMH mode. */
enum BenchmarkKind {
  /** Service time of one forward call. */
  LATENCY(1, "InferenceBenchmark.forward", "sample"),
  /** Archive open to first result in a fresh JVM. */
  COLD_START(2, "ColdStartBenchmark.loadAndFirstInference", "ss"),
  /** Forward calls back to back. */
  THROUGHPUT(4, "InferenceBenchmark.forward", "thrpt"),
  /** Forward calls back to back, in windows long enough for a sensor. */
  ENERGY(8, "EnergyBenchmark.forward", "avgt"),
  /** Requests that arrive at random. */
  OPEN_LOOP(16, "OpenLoopBenchmark.respond", "thrpt");

  private static final BenchmarkKind[] ALL = values();

  private final int bit;
  private final String benchmark;
  private final String mode;

  BenchmarkKind(int bit, String method, String mode) {
    this.bit = bit;
    this.benchmark = "io.edgefrontier.bench." + method;
    this.mode = mode;
  }

  /** Returns this kind's bit in a set of kinds. */
  int bit() {
    return bit;
  }

  /** Returns the full name of the benchmark method. */
  String benchmark() {
    return benchmark;
  }

  /** Returns the kind of an entry, empty for other benchmarks and other modes. */
  static Optional<BenchmarkKind> of(JmhResult result) {
    for (BenchmarkKind kind : ALL) {
      if (kind.mode.equals(result.mode()) && kind.benchmark.equals(result.benchmark())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
