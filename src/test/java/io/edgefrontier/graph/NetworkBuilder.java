package io.edgefrontier.graph;

import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Layer.Embedding;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Normalization.LayerNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Builds networks for tests, with seeded random weights. Each method adds a node and returns its
 * name, which is the operator's with a running number.
 */
public final class NetworkBuilder {
  private final Shape sampleShape;
  private final Random random;
  private final List<Node> nodes = new ArrayList<>();

  public NetworkBuilder(long seed, int... sampleDims) {
    this.sampleShape = Shape.of(sampleDims);
    this.random = new Random(seed);
  }

  public String op(Op op, String... inputs) {
    String name = op.getClass().getSimpleName().toLowerCase(Locale.ROOT) + nodes.size();
    nodes.add(new Node(name, op, List.of(inputs)));
    return name;
  }

  /** Adds a square convolution that keeps height and width at stride 1, with a bias. */
  public String conv(String input, int out, int kernel) {
    return conv(input, out, Window.square(kernel, 1, kernel / 2), 1, true);
  }

  public String conv(String input, int out, Window window, int groups, boolean bias) {
    int in = shape(input).dim(1) / groups;
    Tensor weight = weights(Shape.of(out, in, window.kernel().h(), window.kernel().w()));
    Optional<Tensor> shift = bias ? Optional.of(uniform(out, -0.5f, 0.5f)) : Optional.empty();
    return op(new Conv2d(weight, shift, window, groups), input);
  }

  public String depthwise(String input) {
    int channels = shape(input).dim(1);
    return conv(input, channels, Window.square(3, 1, 1), channels, false);
  }

  public String linear(String input, int out) {
    Tensor weight = weights(Shape.of(out, shape(input).dim(-1)));
    return op(new Linear(weight, Optional.of(uniform(out, -0.5f, 0.5f))), input);
  }

  public String batchNorm(String input) {
    int channels = shape(input).dim(1);
    Tensor weight = uniform(channels, 0.5f, 1.5f);
    Tensor bias = uniform(channels, -0.5f, 0.5f);
    Tensor mean = uniform(channels, -0.5f, 0.5f);
    return op(new BatchNorm(weight, bias, mean, uniform(channels, 0.5f, 1.5f), 1e-5), input);
  }

  /** Adds a transposed convolution by a 3x3 kernel, with a bias. */
  public String convTranspose(String input, int out, int stride) {
    Tensor weight = weights(Shape.of(shape(input).dim(1), out, 3, 3));
    Optional<Tensor> bias = Optional.of(uniform(out, -0.5f, 0.5f));
    Window window = Window.square(3, stride, 1);
    return op(new ConvTranspose2d(weight, bias, window, Size2d.of(stride - 1), 1), input);
  }

  /** Adds a layer norm over the last {@code axes} axes. */
  public String layerNorm(String input, int axes) {
    Shape whole = shape(input);
    Shape shape = new Shape(whole.dims().subList(whole.rank() - axes, whole.rank()));
    int count = Math.toIntExact(shape.elements());
    Tensor weight = Tensor.ofFloats(shape, uniform(count, 0.5f, 1.5f).toFloats());
    Tensor bias = Tensor.ofFloats(shape, uniform(count, -0.5f, 0.5f).toFloats());
    return op(new LayerNorm(shape, Optional.of(weight), Optional.of(bias), 1e-5), input);
  }

  public String groupNorm(String input, int groups) {
    Optional<Tensor> weight = Optional.of(uniform(shape(input).dim(1), 0.5f, 1.5f));
    Optional<Tensor> bias = Optional.of(uniform(shape(input).dim(1), -0.5f, 0.5f));
    return op(new GroupNorm(groups, weight, bias, 1e-5), input);
  }

  /** Adds what makes {@code count} integers in [0, below) of features. */
  public String indices(String input, int count, int below) {
    String positive = op(new Activation.Clamp(0, below - 1), linear(input, count));
    return op(new Conversion.Cast(DType.INT64), positive);
  }

  public String embedding(String indices, int rows, int features) {
    return op(new Embedding(weights(Shape.of(rows, features))), indices);
  }

  public String relu(String input) {
    return op(new Activation.Relu(), input);
  }

  public String add(String a, String b) {
    return op(new Arithmetic.Add(), a, b);
  }

  public String mul(String a, String b) {
    return op(new Arithmetic.Mul(), a, b);
  }

  public String concat(String... inputs) {
    return op(new Reshaping.Concat(1), inputs);
  }

  public String maxPool(String input) {
    return op(new Pooling.MaxPool2d(Window.square(2, 2, 0), false), input);
  }

  public String mean(String input) {
    return op(new Pooling.Mean(List.of(2, 3), false), input);
  }

  public String flatten(String input) {
    return op(new Reshaping.Flatten(1, -1), input);
  }

  /** Returns the shape of a value for a batch of 1. */
  public Shape shape(String value) {
    return value.equals(Graph.INPUT)
        ? sampleShape.batched(1)
        : build(value).types(1).get(value).shape();
  }

  public Graph build(String... outputs) {
    return new Graph("test", sampleShape, nodes, List.of(outputs));
  }

  /** Returns {@code batch} random samples in [-1, 1). */
  public float[] samples(int batch) {
    return uniform(Math.toIntExact(batch * sampleShape.elements()), -1, 1).toFloats();
  }

  public Tensor uniform(int count, float low, float high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = low + (high - low) * random.nextFloat();
    }
    return Tensor.ofFloats(Shape.of(count), values);
  }

  /** Returns random weights that keep the variance of activations. */
  private Tensor weights(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    double deviation = Math.sqrt(2.0 * shape.dim(0) / values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Tensor.ofFloats(shape, values);
  }
}
