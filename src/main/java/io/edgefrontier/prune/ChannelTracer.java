package io.edgefrontier.prune;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.LogSoftmax;
import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.MatMul;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Layer.Prelu;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Normalization.LayerNorm;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Pooling.ArgMax;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Pooling.Reduce;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Expand;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Permute;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Select;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Reshaping.Squeeze;
import io.edgefrontier.graph.Reshaping.Unsqueeze;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows channels from the layers that make them to the tensors that consume them, and ties those
 * that can only go together.
 *
 * <p>A grouped convolution keeps its groups whole: all channels of one group, before and after it,
 * are tied (for a depthwise convolution that is each channel with its result). Channels that reach
 * an output, a softmax over them, or a mean over them are frozen. A reshape that spreads them over
 * several axes, as in a channel shuffle, ties those that share an index of one of these axes.
 */
final class ChannelTracer {
  private final Graph graph;
  private final Map<String, TensorType> types;
  private final Map<String, TensorType> pairs;
  private final Map<String, Tensor> constants = new HashMap<>();
  private final ChannelTrace trace = new ChannelTrace();
  private final ChannelTies ties = trace.ties();
  private String reason = "";

  private ChannelTracer(Graph graph) {
    this.graph = graph;
    this.types = graph.types(1);
    this.pairs = graph.types(2);
  }

  static ChannelTrace trace(Graph graph) {
    ChannelTracer tracer = new ChannelTracer(graph);
    tracer.trace.putValue(Graph.INPUT, ChannelAxis.NONE);
    for (Node node : graph.nodes()) {
      tracer.reason = StayReason.at(node);
      tracer.trace.putValue(node.name(), tracer.result(node));
    }
    for (String output : graph.outputs()) {
      tracer.reason = StayReason.output(output);
      tracer.freeze(tracer.trace.value(output));
    }
    return tracer.trace;
  }

  private ChannelAxis result(Node node) {
    Op op = node.op();
    if (op instanceof Constant constant) {
      if (isReadOnce(node.name(), constant.tensor())) {
        constants.put(node.name(), constant.tensor());
      }
      return ChannelAxis.NONE;
    }
    if (op instanceof Opaque || op instanceof MatMul || op instanceof Attention) {
      return freezeAll(node);
    }
    ChannelAxis in = trace.value(node.inputs().get(0));
    Shape shape = types.get(node.inputs().get(0)).shape();
    if (op instanceof Layer layer) {
      return layer(node.name(), layer, in, shape);
    } else if (op instanceof WithScalar) {
      return in;
    } else if (op instanceof Arithmetic) {
      return arithmetic(node);
    } else if (op instanceof Reshaping reshaping) {
      return reshaping(node, reshaping, in, shape);
    } else if (op instanceof Mean mean) {
      return reduced(mean.axes(), mean.keepDims(), in, shape);
    } else if (op instanceof Reduce reduce) {
      return reduced(reduce.axes(), reduce.keepDims(), in, shape);
    } else if (op instanceof ArgMax max) {
      return reduced(List.of(max.axis()), max.keepDims(), in, shape);
    } else if (op instanceof Softmax softmax) {
      return in.axis() == shape.axis(softmax.axis()) ? freeze(in) : in;
    } else if (op instanceof LogSoftmax softmax) {
      return in.axis() == shape.axis(softmax.axis()) ? freeze(in) : in;
    } else if (op instanceof Pooling) {
      return in.axis() == 1 ? in : freeze(in);
    } else if (op instanceof Activation || op instanceof Cast) {
      return in;
    }
    throw new IllegalArgumentException(
        "%s: %s cannot be pruned; prune the float network, then lower its precision"
            .formatted(node.name(), op.getClass().getSimpleName()));
  }

  /** Returns whether a stored tensor can be sliced for its one reader; others take it whole. */
  private boolean isReadOnce(String value, Tensor stored) {
    long readers = graph.nodes().stream().filter(n -> n.inputs().contains(value)).count();
    long holders =
        graph.nodes().stream().flatMap(n -> n.op().stored().stream()).filter(of(stored)).count();
    return readers == 1 && holders == 1 && !graph.outputs().contains(value);
  }

  @SuppressWarnings("ReferenceEquality") // equal tensors may be two
  private static Predicate<StoredTensor> of(Tensor tensor) {
    return stored -> stored.tensor() == tensor;
  }

  private ChannelAxis layer(String name, Layer layer, ChannelAxis in, Shape shape) {
    if (layer instanceof Conv2d conv) {
      return conv(name, conv, in);
    } else if (layer instanceof Linear linear) {
      return linear(name, linear, in, shape.rank() - 1);
    } else if (layer instanceof BatchNorm norm) {
      return perChannel(norm, channelsOn(in, 1, norm.channels()));
    } else if (layer instanceof GroupNorm norm) {
      int[] channels = channelsOn(in, 1, shape.dim(1));
      tieGroups(channels, norm.groups());
      return perChannel(norm, channels);
    } else if (layer instanceof LayerNorm norm) {
      return in.axis() >= shape.rank() - norm.shape().rank() ? freeze(in) : in;
    } else if (layer instanceof Prelu prelu) {
      return prelu.weight().shape().elements() == 1
          ? in
          : perChannel(prelu, channelsOn(in, 1, shape.dim(1)));
    } else if (layer instanceof ConvTranspose2d conv) {
      int[] inputs = channelsOn(in, 1, conv.inChannels());
      if (conv.groups() > 1) {
        ties.freeze(inputs, reason);
      }
      trace.putTensor(conv.weight(), 0, inputs);
      return ChannelAxis.NONE; // its filters lie on axis 1 and stay
    }
    return freeze(in); // an embedding, whose rows are no channels
  }

  /** Notes that every stored tensor of a layer has a value for each channel of its result. */
  private ChannelAxis perChannel(Layer layer, int[] channels) {
    layer.stored().forEach(stored -> trace.putTensor(stored.tensor(), 0, channels));
    return new ChannelAxis(1, channels);
  }

  private void tieGroups(int[] channels, int groups) {
    int size = channels.length / groups;
    for (int i = 0; i < channels.length; i++) {
      ties.tie(channels[i / size * size], channels[i]);
    }
  }

  private ChannelAxis reshaping(Node node, Reshaping op, ChannelAxis in, Shape shape) {
    if (op instanceof Concat concat) {
      return concat(node.inputs(), shape.axis(concat.axis()));
    } else if (in == ChannelAxis.NONE) {
      return in;
    } else if (op instanceof Flatten || op instanceof Reshape) {
      return orFrozen(reshaped(node, in), in);
    } else if (op instanceof Permute permute) {
      return in.on(permute.axes().indexOf(in.axis()));
    } else if (op instanceof Slice slice) {
      return in.axis() == shape.axis(slice.axis()) ? part(in, slice) : in;
    } else if (op instanceof Unsqueeze unsqueeze) {
      return in.on(in.axis() < unsqueeze.axis() ? in.axis() : in.axis() + 1);
    } else if (op instanceof Squeeze squeeze) {
      return without(shape.axis(squeeze.axis()), in);
    } else if (op instanceof Select select) {
      return without(shape.axis(select.axis()), in);
    } else if (op instanceof Expand expand) {
      int axis = in.axis() + expand.dims().size() - shape.rank();
      return expand.dims().get(axis) == Expand.KEEP ? in.on(axis) : freeze(in);
    }
    return in.axis() == 1 ? in : freeze(in); // a padding of height and width
  }

  private ChannelAxis without(int axis, ChannelAxis in) {
    return in.axis() == axis ? freeze(in) : in.on(in.axis() < axis ? in.axis() : in.axis() - 1);
  }

  private ChannelAxis freezeAll(Node node) {
    for (StoredTensor stored : node.op().stored()) { // a layer may share one with an opaque call
      Shape shape = stored.tensor().shape();
      for (int axis = 0; axis < shape.rank(); axis++) {
        trace.putTensor(stored.tensor(), axis, frozen(shape.dim(axis)));
      }
    }
    node.inputs().forEach(input -> freeze(trace.value(input)));
    return ChannelAxis.NONE;
  }

  private ChannelAxis conv(String name, Conv2d conv, ChannelAxis in) {
    int[] inputs = channelsOn(in, 1, conv.inChannels());
    int[] outputs;
    if (conv.groups() == 1) {
      outputs = ties.create(conv.outChannels());
      trace.putTensor(conv.weight(), 1, inputs);
    } else {
      outputs = bundled(inputs, conv);
      trace.putTensor(conv.weight(), 1, frozen(conv.weight().shape().dim(1)));
    }
    trace.putTensor(conv.weight(), 0, outputs);
    conv.bias().ifPresent(bias -> trace.putTensor(bias, 0, outputs));
    trace.addProducer(name, conv.weight(), outputs);
    return new ChannelAxis(1, outputs);
  }

  /** Ties the channels of each group and returns, for each result channel, one of its group. */
  private int[] bundled(int[] inputs, Conv2d conv) {
    int inPerGroup = inputs.length / conv.groups();
    int outPerGroup = conv.outChannels() / conv.groups();
    int[] outputs = new int[conv.outChannels()];
    for (int group = 0; group < conv.groups(); group++) {
      int first = inputs[group * inPerGroup];
      for (int i = 1; i < inPerGroup; i++) {
        ties.tie(first, inputs[group * inPerGroup + i]);
      }
      Arrays.fill(outputs, group * outPerGroup, (group + 1) * outPerGroup, first);
    }
    return outputs;
  }

  private ChannelAxis linear(String name, Linear linear, ChannelAxis in, int lastAxis) {
    trace.putTensor(linear.weight(), 1, channelsOn(in, lastAxis, linear.inFeatures()));
    int[] outputs = ties.create(linear.outFeatures());
    trace.putTensor(linear.weight(), 0, outputs);
    linear.bias().ifPresent(bias -> trace.putTensor(bias, 0, outputs));
    trace.addProducer(name, linear.weight(), outputs);
    return new ChannelAxis(lastAxis, outputs);
  }

  /** Follows channels through an operator that broadcasts; axes count from the last. */
  private ChannelAxis arithmetic(Node node) {
    String nameA = node.inputs().get(0);
    String nameB = node.inputs().get(1);
    int rank = types.get(node.name()).shape().rank();
    ChannelAxis a = aligned(nameA, rank);
    ChannelAxis b = aligned(nameB, rank);
    if (a != ChannelAxis.NONE
        && b != ChannelAxis.NONE
        && a.axis() == b.axis()
        && a.channels().length == b.channels().length) {
      ties.tie(a.channels(), b.channels());
      return a;
    } else if (a != ChannelAxis.NONE && stretches(nameB, a, rank)) {
      freeze(b);
      return a;
    } else if (b != ChannelAxis.NONE && stretches(nameA, b, rank)) {
      freeze(a);
      return b;
    }
    freeze(a);
    return freeze(b);
  }

  /** Returns the channels of a value on the axis that they have in a result of {@code rank}. */
  private ChannelAxis aligned(String value, int rank) {
    ChannelAxis channels = trace.value(value);
    return channels == ChannelAxis.NONE
        ? channels
        : channels.on(channels.axis() + rank - types.get(value).shape().rank());
  }

  /**
   * Returns whether a value has the same number for all {@code channels}, or is a stored tensor,
   * which can lose those that are removed.
   */
  private boolean stretches(String value, ChannelAxis channels, int rank) {
    Shape shape = types.get(value).shape();
    int axis = channels.axis() - rank + shape.rank();
    if (axis < 0 || shape.dim(axis) == 1) {
      return true;
    }
    Tensor stored = constants.get(value);
    if (stored == null || shape.dim(axis) != channels.channels().length) {
      return false;
    }
    trace.putTensor(stored, axis, channels.channels());
    return true;
  }

  private ChannelAxis concat(List<String> inputs, int axis) {
    List<ChannelAxis> parts = inputs.stream().map(trace::value).toList();
    ChannelAxis first = parts.get(0);
    if (parts.stream().anyMatch(part -> part.axis() == axis)) {
      return new ChannelAxis(
          axis,
          inputs.stream()
              .flatMapToInt(
                  input -> {
                    int size = types.get(input).shape().dim(axis);
                    return Arrays.stream(channelsOn(trace.value(input), axis, size));
                  })
              .toArray());
    } else if (parts.stream().allMatch(part -> part.axis() == first.axis())) {
      parts.forEach(part -> ties.tie(first.channels(), part.channels()));
      return first;
    }
    parts.forEach(this::freeze);
    return ChannelAxis.NONE;
  }

  /** Returns where a reshape leaves the channels, if that is one place whatever the batch is. */
  private Optional<ChannelAxis> reshaped(Node node, ChannelAxis in) {
    // For a batch of 2, so that channels and samples that share an axis are not taken for channels.
    Shape from = pairs.get(node.inputs().get(0)).shape();
    Shape to = pairs.get(node.name()).shape();
    Shape toOfOne = types.get(node.name()).shape();
    return in.reshaped(from, to, axis -> to.dim(axis) == toOfOne.dim(axis), ties);
  }

  private ChannelAxis part(ChannelAxis in, Slice slice) {
    if (slice.step() != 1) {
      return freeze(in);
    }
    int[] channels = Arrays.copyOfRange(in.channels(), slice.start(), slice.end());
    trace.addPart(channels);
    return new ChannelAxis(in.axis(), channels);
  }

  private ChannelAxis reduced(
      List<Integer> reduced, boolean keepDims, ChannelAxis in, Shape shape) {
    List<Integer> axes = reduced.stream().map(shape::axis).toList();
    if (in == ChannelAxis.NONE || axes.contains(in.axis())) {
      return freeze(in);
    }
    int before = (int) axes.stream().filter(axis -> axis < in.axis()).count();
    return keepDims ? in : in.on(in.axis() - before);
  }

  /** Returns the channels of {@code value} if they lie on {@code axis}, else frozen ones. */
  private int[] channelsOn(ChannelAxis value, int axis, int size) {
    if (value.axis() == axis) {
      return value.channels();
    }
    freeze(value);
    return frozen(size);
  }

  private int[] frozen(int count) {
    int[] channels = ties.create(count);
    ties.freeze(channels, reason);
    return channels;
  }

  private ChannelAxis orFrozen(Optional<ChannelAxis> followed, ChannelAxis before) {
    return followed.orElseGet(() -> freeze(before));
  }

  private ChannelAxis freeze(ChannelAxis value) {
    ties.freeze(value.channels(), reason);
    return ChannelAxis.NONE;
  }
}
