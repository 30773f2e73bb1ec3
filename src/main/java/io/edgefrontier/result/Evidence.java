package io.edgefrontier.result;

import java.util.OptionalInt;

/**
 * What a cell's latency rests on.
 *
 * @param forks JVM forks; 0 when there is none
 * @param samples over all forks
 * @param disturbedForks those in use though something else kept the machine busy; empty if nobody
 *     watched
 */
public record Evidence(int forks, long samples, OptionalInt disturbedForks) {
  /** There is no latency. */
  public static final Evidence NONE = new Evidence(0, 0, OptionalInt.empty());
}
