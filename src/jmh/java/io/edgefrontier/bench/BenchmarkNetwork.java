package io.edgefrontier.bench;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.network.LayerStack;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A network to time, with random weights and an input as it is published with: the built-in ones,
 * and three of {@link PublishedNetworks}.
 */
enum BenchmarkNetwork {
  SMALL_CNN("SmallCNN", Shape.of(1, 28, 28)),
  RESNET8("resnet8", Shape.of(3, 32, 32)),
  DS_CNN("ds-cnn", Shape.of(1, 28, 28)),
  MLP("mlp", Shape.of(1, 28, 28)),
  MOBILENET_V1("mobilenet-v1-0.25", Shape.of(3, 96, 96)),
  RESNET18("resnet18", Shape.of(3, 224, 224)),
  MOBILENET_V2("mobilenet-v2", Shape.of(3, 224, 224));

  private static final long SEED = 1;
  private static final int BUILT_IN_CLASSES = 10;

  private final String label;
  private final Shape sampleShape;

  BenchmarkNetwork(String label, Shape sampleShape) {
    this.label = label;
    this.sampleShape = sampleShape;
  }

  /** Returns the name that stands for it on JMH's command line. */
  String label() {
    return label;
  }

  /**
   * Returns the network with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  static BenchmarkNetwork parse(String label) {
    return Arrays.stream(values())
        .filter(network -> network.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown benchmark network '%s'; available: %s".formatted(label, choices())));
  }

  private static String choices() {
    return Arrays.stream(values()).map(BenchmarkNetwork::label).collect(Collectors.joining(", "));
  }

  /** Returns the float32 network with its batch norms; the same values every time. */
  Graph create() {
    return switch (this) {
      case SMALL_CNN, RESNET8, DS_CNN, MLP ->
          BuiltInNetworks.create(label, sampleShape, BUILT_IN_CLASSES, SEED);
      case MOBILENET_V1 -> PublishedNetworks.mobilenetV1(layers()).graph(label);
      case RESNET18 -> PublishedNetworks.resnet18(layers()).graph(label);
      case MOBILENET_V2 -> PublishedNetworks.mobilenetV2(layers()).graph(label);
    };
  }

  private LayerStack layers() {
    return new LayerStack(sampleShape, SEED);
  }
}
