package io.edgefrontier.network;

import io.edgefrontier.graph.Activation.Clamp;
import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Arithmetic.Add;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A graph while it is put together, layer on layer. Each method appends one node to the value on
 * top, and its result becomes the new top; one that does not fit the top is refused with an {@link
 * IllegalArgumentException}.
 *
 * <p>Weights are drawn from the normal distribution of mean 0 and variance 2 / fan-in, one layer
 * after the other, so the same seed and the same calls give the same values; biases are 0.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., 2015</a>
 */
public final class LayerStack {
  private static final double BATCH_NORM_EPSILON = 1e-5;

  private final Shape sampleShape;
  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private String top = Graph.INPUT;
  private Shape topShape;

  /**
   * Starts with the input on top.
   *
   * @param sampleShape of one input without the batch; [channels, height, width] for convolutions
   */
  public LayerStack(Shape sampleShape, long seed) {
    this.sampleShape = sampleShape;
    this.topShape = sampleShape.batched(1);
    this.random = new Random(seed);
  }

  /** Returns the name of the value on top. */
  public String top() {
    return top;
  }

  /** Returns the channels, or features, of the value on top. */
  public int channels() {
    return topShape.dim(1);
  }

  /** Makes {@code value} the top, for a branch that starts there. */
  public LayerStack backTo(String value) {
    top = value;
    topShape = graph("unfinished").types(1).get(value).shape();
    return this;
  }

  /** Appends a square convolution with padding of half its kernel. */
  public LayerStack conv(String name, int outChannels, int kernel, int stride, boolean bias) {
    int inChannels = channels();
    Tensor weight = kaiming(Shape.of(outChannels, inChannels, kernel, kernel));
    Window window = Window.square(kernel, stride, kernel / 2);
    return append(name, new Conv2d(weight, optionalBias(bias, outChannels), window, 1));
  }

  /** Appends a 3x3 convolution of each channel on its own, with padding 1 and without bias. */
  public LayerStack depthwise(String name, int stride) {
    int channels = channels();
    Tensor weight = kaiming(Shape.of(channels, 1, 3, 3));
    Window window = Window.square(3, stride, 1);
    return append(name, new Conv2d(weight, Optional.empty(), window, channels));
  }

  /** Appends a batch norm of mean 0 and variance 1: nearly the identity. */
  public LayerStack batchNorm(String name) {
    return batchNorm(name, 1);
  }

  /**
   * Appends a batch norm of mean 0 and variance 1.
   *
   * @param weight of every channel, by which the values are multiplied
   */
  public LayerStack batchNorm(String name, float weight) {
    return append(name, norm(channels(), weight));
  }

  /** Appends a fully connected layer with bias over the last dimension. */
  public LayerStack linear(String name, int outFeatures) {
    Tensor weight = kaiming(Shape.of(outFeatures, topShape.dim(-1)));
    return append(name, new Linear(weight, optionalBias(true, outFeatures)));
  }

  /** Appends {@code max(x, 0)}. */
  public LayerStack relu(String name) {
    return append(name, new Relu());
  }

  /** Appends {@code min(max(x, 0), 6)}. */
  public LayerStack relu6(String name) {
    return append(name, new Clamp(0, 6));
  }

  /** Appends a square max pooling; a last window that is not full is left out. */
  public LayerStack maxPool(String name, int kernel, int stride, int padding) {
    return append(name, new MaxPool2d(Window.square(kernel, stride, padding), false));
  }

  /** Appends the mean over height and width: [batch, channels]. */
  public LayerStack globalAveragePool(String name) {
    return append(name, new Mean(List.of(2, 3), false));
  }

  /** Appends the flattening of each sample: [batch, features]. */
  public LayerStack flatten(String name) {
    return append(name, new Flatten(1, -1));
  }

  /** Appends the sum of the top and {@code other}. */
  public LayerStack add(String name, String other) {
    return append(name, new Add(), top, other);
  }

  /** Returns what was built, with the top as its only output. */
  public Graph graph(String name) {
    return new Graph(name, sampleShape, nodes, List.of(top));
  }

  private LayerStack append(String name, Op op) {
    return append(name, op, top);
  }

  private LayerStack append(String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, Arrays.asList(inputs)));
    return backTo(name);
  }

  private static BatchNorm norm(int channels, float gain) {
    // Four instances: roles that held the same one would share it, in training and in the archive.
    Tensor weight = constant(channels, gain);
    Tensor bias = constant(channels, 0);
    Tensor mean = constant(channels, 0);
    Tensor variance = constant(channels, 1);
    return new BatchNorm(weight, bias, mean, variance, BATCH_NORM_EPSILON);
  }

  private Tensor kaiming(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    double deviation = Math.sqrt(2.0 * shape.dim(0) / shape.elements());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Tensor.ofFloats(shape, values);
  }

  private static Optional<Tensor> optionalBias(boolean present, int size) {
    return present ? Optional.of(constant(size, 0)) : Optional.empty();
  }

  private static Tensor constant(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return Tensor.ofFloats(Shape.of(size), values);
  }
}
