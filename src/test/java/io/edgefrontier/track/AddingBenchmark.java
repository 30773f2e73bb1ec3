package io.edgefrontier.track;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Stands for the benchmark of any other project. */
@State(Scope.Thread)
public class AddingBenchmark {
  static final String NAME = AddingBenchmark.class.getName() + ".add";

  /** A number, spelled in two ways. */
  @Param({"1.50", "1e3"})
  public double step;

  /** No number. */
  @Param({"to the end"})
  public String how;

  private double sum;

  /** Is fast. */
  @Benchmark
  public double add() {
    sum += step;
    return sum;
  }
}
