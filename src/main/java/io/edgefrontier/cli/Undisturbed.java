package io.edgefrontier.cli;

import io.edgefrontier.measure.Disturbance;
import io.edgefrontier.measure.MachineState;
import java.io.IOException;
import java.util.Optional;

/** Runs forks while nothing else keeps the machine busy, as far as one repeat can see to it. */
final class Undisturbed {
  /** A fork that this process starts and waits for. */
  interface Fork<T> {
    /** Runs it and returns what it measured. */
    T run() throws IOException;
  }

  private Undisturbed() {}

  /**
   * Returns what the fork measured; if the machine was disturbed meanwhile, what it measured when
   * it ran once more. Which of the two counts does not depend on what they measured.
   *
   * @param threads that the fork computes with
   */
  static <T> T run(int threads, Fork<T> fork) throws IOException {
    MachineState before = MachineState.now();
    T result = fork.run();
    Disturbance disturbance =
        Disturbance.between(before, MachineState.now(), threads, Optional.empty());
    return disturbance.reason().isEmpty() ? result : fork.run();
  }
}
