package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a sweep measures and where it puts the results.
 *
 * @param variants folder of variants.csv and its archives; handed to the forks as it stands
 * @param output folder that gets sweep.json, forks/, forks.jsonl and jmh.json
 * @param effort how many forks each cell gets
 * @param forks how each fork runs
 * @param ranking what is known of the variants already
 * @param prefix what stands before a fork's JVM command
 * @param seed of the order of forks
 */
public record SweepPlan(
    Path variants,
    Path output,
    Grid grid,
    Effort effort,
    ForkSettings forks,
    Ranking ranking,
    LaunchPrefix prefix,
    long seed,
    Set<SweepFlag> flags) {
  public SweepPlan {
    flags = Set.copyOf(flags);
    if (effort.openLoopForks() > 0 && forks.arrivalRate().isEmpty()) {
      throw new IllegalArgumentException("open-loop forks need an arrival rate");
    }
    if (effort.energyForks() > 0 && forks.energy().isEmpty()) {
      throw new IllegalArgumentException("energy forks need to know their sensors");
    }
  }

  /** Returns how many threads of a fork compute at the same time: the engine's, for each caller. */
  int busyThreads(Fork fork) {
    return forks.callers(fork.kind()) * fork.cell().threads();
  }

  boolean has(SweepFlag flag) {
    return flags.contains(flag);
  }
}
