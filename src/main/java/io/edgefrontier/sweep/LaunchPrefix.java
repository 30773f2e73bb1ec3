package io.edgefrontier.sweep;

import io.edgefrontier.measure.CpuList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What stands before a fork's JVM command: taskset and nice. Skeleton: bodies follow. */
public final class LaunchPrefix {
  /** Nothing stands before it. */
  public static final LaunchPrefix NONE = new LaunchPrefix();

  private LaunchPrefix() {}

  /**
   * Returns a prefix, after trying it.
   *
   * @param affinity {@code none}, {@code auto} or a list of CPUs such as {@code 0-1,3}
   * @param nice in [-20, 19]; 0 leaves the priority alone
   * @param mostThreads engine threads of the cell that has the most
   * @throws IllegalArgumentException if the list cannot be read or is too short for the threads
   * @throws IOException naming the program that is missing or refuses
   */
  public static LaunchPrefix of(String affinity, int nice, int mostThreads) throws IOException {
    return NONE;
  }

  /** Returns the CPUs that a fork with so many engine threads is bound to; empty if to none. */
  Optional<CpuList> cpus(int threads) {
    return Optional.empty();
  }

  /** Returns the words before the JVM command of such a fork. */
  List<String> command(int threads) {
    return List.of();
  }

  /** Keeps this process off the fork's CPUs until it is closed; open it around each launch. */
  ParentPlace keepParentOff(int threads) throws IOException {
    return () -> {};
  }

  /** Where this process runs while a fork does. */
  @FunctionalInterface
  interface ParentPlace extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
