package io.edgefrontier.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The file to ship.
 *
 * @param path as the reader finds it
 * @param sha256 of the bytes that were measured, in lower-case hex
 * @param inputShape of what was measured, with the batch dimension
 * @param threads of the engine that it was measured with
 */
public record ShippedArchive(
    Path path, String sha256, List<Integer> inputShape, int threads, State state) {
  public ShippedArchive {
    inputShape = List.copyOf(inputShape);
  }

  /** Whether the file is still what was measured. */
  public enum State {
    /** Its SHA-256 is that of the manifest. */
    VERIFIED,
    /** There is no such file in the run's folder. */
    MISSING,
    /** Its bytes are others. */
    CHANGED;

    /** Returns the name used in files. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
