package io.edgefrontier.sweep;

import java.io.PrintStream;

/**
 * Sends this JVM's standard streams somewhere else until closed.
 *
 * <p>JMH prints what a fork's Java code prints straight to them, whatever output it was given.
 */
final class DivertedStreams implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  DivertedStreams(PrintStream target) {
    System.setOut(target);
    System.setErr(target);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
