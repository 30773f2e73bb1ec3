package io.edgefrontier.sweep;

/** What a fork measures: which benchmark it runs. */
enum ForkKind {
  /** Service time of a warm engine. */
  LATENCY("io.edgefrontier.bench.InferenceBenchmark.forward"),
  /** Archive to first result in a fresh JVM. */
  COLD_START("io.edgefrontier.bench.ColdStartBenchmark.loadAndFirstInference");

  private final String benchmark;

  ForkKind(String benchmark) {
    this.benchmark = benchmark;
  }

  /** Returns the name that JMH has for the benchmark. */
  String benchmark() {
    return benchmark;
  }
}
