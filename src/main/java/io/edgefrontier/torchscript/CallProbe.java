package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs small archives on an engine, so that the reader learns what a call returns whose operator it
 * does not know.
 */
@FunctionalInterface
public interface CallProbe {
  /**
   * Loads an archive and runs its forward method on each of some inputs, in order.
   *
   * @param archive takes one float32 tensor and returns one
   * @param inputs row-major values of tensors of {@code shapes}
   * @return the values of each result
   * @throws IOException if the engine does not load or run it; the message says why
   */
  List<float[]> run(Path archive, List<float[]> inputs, List<Shape> shapes) throws IOException;
}
