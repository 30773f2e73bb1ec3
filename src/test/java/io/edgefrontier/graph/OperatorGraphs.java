package io.edgefrontier.graph;

import io.edgefrontier.graph.Arithmetic.WithScalar;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Graphs that apply the operators of sequences, decoders and transformers side by side to one
 * value, each result being an output, so that none hides what another does.
 */
public final class OperatorGraphs {
  private static final Window ODD =
      new Window(new Size2d(3, 2), new Size2d(2, 3), new Size2d(1, 0), new Size2d(1, 2));

  private final NetworkBuilder builder = new NetworkBuilder(31, 2, 8, 8);
  private final List<String> results = new ArrayList<>();
  private final String image = builder.conv(Graph.INPUT, 4, 3);
  private final String tokens =
      builder.op(Reshaping.Reshape.ofSample(Shape.of(8, 32)), image); // [N, 8, 32]

  private OperatorGraphs() {}

  /** Returns what can be trained, in float32. */
  public static Graph trainable() {
    OperatorGraphs graphs = new OperatorGraphs();
    graphs.layers();
    graphs.arithmetic();
    graphs.pooling();
    graphs.reshaping();
    graphs.sequenceFirst();
    return graphs.build();
  }

  /** Returns all, computed in {@code dtype}. */
  public static Graph in(DType dtype) {
    OperatorGraphs graphs = new OperatorGraphs();
    graphs.layers();
    graphs.arithmetic();
    graphs.pooling();
    graphs.reshaping();
    graphs.sequenceFirst();
    graphs.transposed();
    graphs.integers();
    Graph whole = graphs.build();
    return dtype == DType.FLOAT32 ? whole : narrowed(whole, dtype);
  }

  private Graph build() {
    return builder.build(results.toArray(String[]::new));
  }

  /** Returns a graph that computes in {@code dtype} what {@code whole} computes in float32. */
  private static Graph narrowed(Graph whole, DType dtype) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("narrow", new Conversion.Cast(dtype), List.of(Graph.INPUT)));
    for (Node node : whole.nodes()) {
      Op op = node.op().withStored(t -> t.dtype().isFloat() ? t.to(dtype) : t);
      if (op instanceof Conversion.Cast cast && cast.dtype().isFloat()) {
        op = new Conversion.Cast(dtype);
      }
      // An expansion takes the size of the batch alone, which the reader finds in the input.
      String narrow = op instanceof Reshaping.Expand ? Graph.INPUT : "narrow";
      List<String> inputs =
          node.inputs().stream().map(in -> in.equals(Graph.INPUT) ? narrow : in).toList();
      nodes.add(new Node(node.name(), op, inputs));
    }
    List<String> outputs = new ArrayList<>();
    for (String output : whole.outputs()) {
      outputs.add("wide_" + output);
      nodes.add(new Node("wide_" + output, new Conversion.Cast(DType.FLOAT32), List.of(output)));
    }
    return new Graph(whole.name(), whole.sampleShape(), nodes, outputs);
  }

  private String result(Op op, String... inputs) {
    String name = builder.op(op, inputs);
    results.add(name);
    return name;
  }

  private void layers() {
    result(new Layer.Prelu(builder.uniform(4, 0.1f, 0.9f)), image);
    result(new Layer.Prelu(builder.uniform(1, 0.1f, 0.9f)), image);
    results.add(builder.groupNorm(image, 2));
    result(new Normalization.GroupNorm(4, Optional.empty(), Optional.empty(), 1e-3), image);
    results.add(builder.layerNorm(image, 1));
    results.add(builder.layerNorm(image, 2));
    result(
        new Normalization.LayerNorm(Shape.of(32), Optional.empty(), Optional.empty(), 1e-3),
        tokens);
    result(new Activation.Elu(0.7, 1.2, 0.9), image);
    result(new Activation.LogSoftmax(1), image);
    result(new Activation.LogSoftmax(3), image);
  }

  private void arithmetic() {
    String other = builder.conv(Graph.INPUT, 4, 1);
    String positive = builder.op(new Activation.Pointwise(Activation.Function.EXP), other);
    result(new Arithmetic.Sub(), image, other);
    result(new Arithmetic.Div(), image, positive);
    result(new Arithmetic.Maximum(), image, other);
    result(new Arithmetic.Minimum(), image, other);
    for (WithScalar.Kind kind : WithScalar.Kind.values()) {
      result(new WithScalar(kind, 0.375), image);
    }
    result(new Arithmetic.MatMul(), image, other);
    result(new Arithmetic.MatMul(), image, constant(4, 8, 5));
    result(new Arithmetic.MatMul(), image, constant(8));
    result(new Arithmetic.Add(), image, constant(4, 1, 1));
    attention(builder.linear(tokens, 32), builder.linear(tokens, 32));
  }

  private void attention(String query, String key) {
    Attention plain = new Attention(false, Optional.empty());
    result(plain, query, key, tokens);
    result(plain, query, key, builder.linear(tokens, 7), constant(8, 8));
    result(
        new Attention(false, Optional.of(0.25)),
        heads(query),
        heads(key),
        heads(tokens),
        constant(4, 1, 8));
  }

  /** Takes [N, 8, 32] apart into [N, 4, 8, 8]: heads in front of tokens. */
  private String heads(String value) {
    String split = builder.op(Reshaping.Reshape.ofSample(Shape.of(8, 4, 8)), value);
    return builder.op(new Reshaping.Permute(List.of(0, 2, 1, 3)), split);
  }

  private void pooling() {
    result(new Pooling.Reduce(Pooling.Reduce.Kind.SUM, List.of(1), false), image);
    result(new Pooling.Reduce(Pooling.Reduce.Kind.SUM, List.of(1, 3), true), image);
    result(new Pooling.Reduce(Pooling.Reduce.Kind.AMAX, List.of(2), true), image);
    result(new Pooling.Reduce(Pooling.Reduce.Kind.AMAX, List.of(2, 3), false), image);
    result(new Pooling.Reduce(Pooling.Reduce.Kind.AMIN, List.of(3), false), image);
    for (Size2d size : List.of(new Size2d(16, 4), new Size2d(13, 5), new Size2d(1, 8))) {
      result(new Pooling.Resize(Pooling.Resize.Mode.NEAREST, size, false), image);
      result(new Pooling.Resize(Pooling.Resize.Mode.BILINEAR, size, false), image);
      result(new Pooling.Resize(Pooling.Resize.Mode.BILINEAR, size, true), image);
    }
  }

  private void reshaping() {
    result(new Reshaping.Unsqueeze(2), image);
    result(new Reshaping.Unsqueeze(4), image);
    String row = builder.op(new Pooling.AdaptiveAvgPool2d(new Size2d(1, 8)), image);
    result(new Reshaping.Squeeze(2), row);
    result(new Reshaping.Expand(List.of(-1, -1, 5, -1)), row);
    result(new Reshaping.Select(1, 3), image);
    result(new Reshaping.Select(3, 0), image);
    result(new Reshaping.Slice(3, 1, 8, 3), image);
    result(new Reshaping.Slice(1, 0, 3, 2), image);
    String everySample = builder.op(new Reshaping.Expand(List.of(0, -1, -1)), token(), Graph.INPUT);
    result(new Reshaping.Concat(1), everySample, tokens);
  }

  private String token() {
    return constant(1, 1, 32);
  }

  /** A sequence axis in front of the batch, whose size stays open in a reshape. */
  private void sequenceFirst() {
    String first = builder.op(new Reshaping.Permute(List.of(1, 0, 2)), tokens); // [8, N, 32]
    String mixed = builder.linear(first, 12);
    String split = result(new Reshaping.Reshape(List.of(8, -1, 3)), mixed); // [8, 4 N, 3]
    String turned = builder.op(new Reshaping.Permute(List.of(1, 0, 2)), split);
    String scores =
        builder.op(
            new Arithmetic.MatMul(),
            turned,
            builder.op(new Reshaping.Permute(List.of(0, 2, 1)), turned));
    String weighted =
        builder.op(new Arithmetic.MatMul(), builder.op(new Activation.Softmax(2), scores), turned);
    String back = builder.op(new Reshaping.Permute(List.of(1, 0, 2)), weighted);
    String merged = builder.op(new Reshaping.Reshape(List.of(8, -1, 12)), back);
    results.add(builder.linear(merged, 5));
  }

  private void transposed() {
    results.add(builder.convTranspose(image, 3, 2));
    Tensor weight = ofShape(4, 3, 3, 2);
    result(new Layer.ConvTranspose2d(weight, Optional.empty(), ODD, new Size2d(1, 2), 2), image);
    result(
        new Attention(true, Optional.empty()),
        heads(builder.linear(tokens, 32)),
        heads(tokens),
        heads(tokens));
    result(new Arithmetic.MatMul(), constant(8), image);
  }

  private void integers() {
    String largest = builder.op(new Pooling.ArgMax(1, false), image);
    result(new Conversion.Cast(DType.FLOAT32), largest);
    results.add(builder.embedding(largest, 4, 5));
    ByteBuffer places = ByteBuffer.allocate(8 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long place : new long[] {3, 1, 4, 1, 5, 0, 2, 5}) {
      places.putLong(place);
    }
    Tensor positions = Tensor.ofBytes(DType.INT64, Shape.of(8), places.array());
    String embedded = builder.embedding(builder.op(new Constant(positions, false)), 6, 32);
    result(new Arithmetic.Add(), tokens, embedded);
    String kept = builder.op(new Conversion.Cast(DType.BOOL), builder.relu(image));
    result(new Conversion.Cast(DType.FLOAT32), kept);
    String scaled = builder.op(new WithScalar(WithScalar.Kind.MULTIPLY, 4), image);
    String whole = builder.op(new Conversion.Cast(DType.INT64), scaled);
    result(new Conversion.Cast(DType.FLOAT32), whole);
  }

  private String constant(int... dims) {
    return builder.op(new Constant(ofShape(dims), true));
  }

  private Tensor ofShape(int... dims) {
    Shape shape = Shape.of(dims);
    int count = Math.toIntExact(shape.elements());
    return Tensor.ofFloats(shape, builder.uniform(count, -1, 1).toFloats());
  }

  /** Returns {@code batch} samples for any of these graphs. */
  public static float[] samples(int batch) {
    return new NetworkBuilder(32, 2, 8, 8).samples(batch);
  }
}
