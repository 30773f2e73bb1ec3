package io.edgefrontier.bench;

import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes the network of the embedded reference archive: the same for ever, on every platform. */
final class ReferenceNetwork {
  private static final long SEED = 20261122;

  private final Random random = new Random(SEED);
  private final List<Node> nodes = new ArrayList<>();
  private String top = Graph.INPUT;

  private ReferenceNetwork() {}

  static Graph create() {
    ReferenceNetwork network = new ReferenceNetwork();
    network.convolution("conv1", 32, 3, 1);
    network.convolution("conv2", 32, 32, 1);
    network.convolution("conv3", 64, 32, 2);
    network.convolution("conv4", 64, 64, 1);
    network.append("mean", new Mean(List.of(2, 3), false));
    Tensor weight = network.uniform(Shape.of(10, 64), 64);
    network.append("linear", new Linear(weight, Optional.of(network.uniform(Shape.of(10), 64))));
    return new Graph("reference", Shape.of(3, 16, 16), network.nodes, List.of(network.top));
  }

  private void convolution(String name, int outChannels, int inChannels, int stride) {
    int fanIn = inChannels * 9;
    Tensor weight = uniform(Shape.of(outChannels, inChannels, 3, 3), fanIn);
    Tensor bias = uniform(Shape.of(outChannels), fanIn);
    append(name, new Conv2d(weight, Optional.of(bias), Window.square(3, stride, 1), 1));
    append(name + ".relu", new Relu());
  }

  private void append(String name, Op op) {
    nodes.add(new Node(name, op, List.of(top)));
    top = name;
  }

  // Scaled so that no activation dies or grows; only additions, multiplications and square roots,
  // which every platform rounds alike.
  private Tensor uniform(Shape shape, int fanIn) {
    float bound = (float) Math.sqrt(6.0 / fanIn);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.nextFloat() - 1);
    }
    return Tensor.ofFloats(shape, values);
  }
}
