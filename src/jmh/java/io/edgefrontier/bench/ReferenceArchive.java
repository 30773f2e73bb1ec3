package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The embedded archive against which every candidate is timed: four 3x3 convolutions with ReLU, one
 * of them with stride 2, a mean over the plane and a linear layer; float32, plain operators.
 *
 * <p>Its bytes never change, so that ratios stay comparable from version to version. Its weights
 * and largest activations take 323 KiB, which fits a second-level cache of 512 KiB beside most
 * candidates.
 */
final class ReferenceArchive implements AutoCloseable {
  private static final String RESOURCE = "reference.pt";
  private static final Shape INPUT = Shape.of(1, 3, 16, 16);

  private final InferenceSession session;
  private final BoundCall call;

  private ReferenceArchive(InferenceSession session, BoundCall call) {
    this.session = session;
    this.call = call;
  }

  /**
   * Loads the archive.
   *
   * @throws IOException if the folder for temporary files cannot be written
   */
  static ReferenceArchive open() throws IOException {
    // The engine reads files only.
    Path copy = Files.createTempFile("edge-frontier-reference", ".pt");
    try {
      try (InputStream resource = ReferenceArchive.class.getResourceAsStream(RESOURCE)) {
        Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      InferenceSession session = InferenceSession.open(copy);
      return new ReferenceArchive(session, session.bind(VariantUnderTest.uniform(INPUT), INPUT));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Runs one forward call and frees its result. */
  int forward() {
    return call.run();
  }

  @Override
  public void close() {
    session.close();
  }
}
