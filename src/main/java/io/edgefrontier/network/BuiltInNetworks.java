package io.edgefrontier.network;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The networks that need no file. Names match whatever their case. */
public final class BuiltInNetworks {
  private BuiltInNetworks() {}

  /** Returns the names, as they are written in tables. */
  public static List<String> names() {
    return Arrays.stream(Architecture.values()).map(Architecture::label).toList();
  }

  /**
   * Returns an untrained network with Kaiming-initialised weights; the same arguments give the same
   * values.
   *
   * @param sampleShape of one input without the batch; [channels, height, width] except for mlp,
   *     which takes any
   * @param classes number of outputs, at least 2
   * @throws IllegalArgumentException if there is no such network, or it does not fit the shape
   */
  public static Graph create(String name, Shape sampleShape, int classes, long seed) {
    Architecture architecture = Architecture.parse(name);
    if (classes < 2) {
      throw new IllegalArgumentException("a classifier needs 2 or more classes, got " + classes);
    }
    if (architecture != Architecture.MLP && sampleShape.rank() != 3) {
      throw new IllegalArgumentException(
          "%s takes samples of channels x height x width, got %s; mlp takes any shape"
              .formatted(architecture.label(), sampleShape));
    }
    LayerStack layers = new LayerStack(sampleShape, seed);
    architecture.build(layers, classes);
    return layers.graph(architecture.label());
  }

  /**
   * Opens the embedded archive of this network trained on the digits (input 1x28x28, 10 classes).
   *
   * @return empty if {@code name} is no built-in network; the caller closes the stream
   */
  public static Optional<InputStream> trainedOnDigits(String name) {
    return Architecture.find(name)
        .map(
            architecture ->
                BuiltInNetworks.class.getResourceAsStream(architecture.label() + ".digits.pt"));
  }
}
