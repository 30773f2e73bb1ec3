package io.edgefrontier.sweep;

import java.util.List;
import org.openjdk.jmh.annotations.Mode;

/** What a fork measures: which benchmark it runs, and in which of JMH's modes. */
public enum ForkKind {
  /** Service time of a warm engine, in short slices. */
  LATENCY("io.edgefrontier.bench.InferenceBenchmark.forward", Mode.SampleTime, "", "fork"),
  /** Archive to first result in a fresh JVM, and the memory that the archive takes. */
  COLD_START(
      "io.edgefrontier.bench.ColdStartBenchmark.loadAndFirstInference",
      Mode.SingleShotTime,
      "cold",
      "cold start"),
  /** Calls per second of a warm engine, in long windows. */
  THROUGHPUT(
      "io.edgefrontier.bench.InferenceBenchmark.forward",
      Mode.Throughput,
      "throughput",
      "throughput fork"),
  /** Energy per call from the machine's own sensors, in long windows. */
  ENERGY(
      "io.edgefrontier.bench.EnergyBenchmark.forward", Mode.AverageTime, "energy", "energy fork"),
  /** Response time to requests that arrive whether or not the last one is done. */
  OPEN_LOOP(
      "io.edgefrontier.bench.OpenLoopBenchmark.respond",
      Mode.Throughput,
      "open-loop",
      "open-loop fork");

  private final String benchmark;
  private final Mode mode;
  private final String label;
  private final String title;

  ForkKind(String benchmark, Mode mode, String label, String title) {
    this.benchmark = benchmark;
    this.mode = mode;
    this.label = label;
    this.title = title;
  }

  /** Returns the name that JMH has for the benchmark. */
  String benchmark() {
    return benchmark;
  }

  /** Returns the mode that JMH runs the benchmark in. */
  Mode mode() {
    return mode;
  }

  /** Returns the JMH profilers that hand over what the benchmark learns beside its score. */
  List<String> profilers() {
    String facts = "io.edgefrontier.bench.ForkFactsProfiler";
    return this == ENERGY ? List.of(facts, "io.edgefrontier.bench.EnergyProfiler") : List.of(facts);
  }

  /** Returns what file names call it; empty for latency. */
  String label() {
    return label;
  }

  /** Returns what people read, such as {@code cold start}. */
  String title() {
    return title;
  }
}
