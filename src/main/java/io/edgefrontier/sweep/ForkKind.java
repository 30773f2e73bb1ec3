package io.edgefrontier.sweep;

/** What a fork measures: which benchmark it runs. */
enum ForkKind {
  /** Service time of a warm engine. */
  LATENCY("io.edgefrontier.bench.InferenceBenchmark.forward"),
  /** Archive to first result in a fresh JVM. */
  COLD_START("io.edgefrontier.bench.ColdStartBenchmark.loadAndFirstInference"),
  /** Calls per second of a warm engine. */
  THROUGHPUT("io.edgefrontier.bench.InferenceBenchmark.forward"),
  /** Joules per call, by a sensor. */
  ENERGY("io.edgefrontier.bench.EnergyBenchmark.forward"),
  /** Response time to calls that arrive at random. */
  OPEN_LOOP("io.edgefrontier.bench.OpenLoopBenchmark.respond");

  private final String benchmark;

  ForkKind(String benchmark) {
    this.benchmark = benchmark;
  }

  /** Returns the name that JMH has for the benchmark. */
  String benchmark() {
    return benchmark;
  }
}
