package io.edgefrontier.prune;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Pad;
import io.edgefrontier.graph.Reshaping.Permute;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows channels from the layers that make them to the tensors that consume them, and ties those
 * that can only go together.
 *
 * <p>A grouped convolution keeps its groups whole: all channels of one group, before and after it,
 * are tied (for a depthwise convolution that is each channel with its result). Channels that reach
 * an output, a softmax over them, or a mean over them are frozen. A reshape that spreads them over
 * several axes ties those that share an index of one axis.
 */
final class ChannelTracer {
  private final Map<String, TensorType> types;
  private final ChannelTrace trace = new ChannelTrace();
  private final ChannelTies ties = trace.ties();

  private ChannelTracer(Graph graph) {
    this.types = graph.types(1);
  }

  static ChannelTrace trace(Graph graph) {
    ChannelTracer tracer = new ChannelTracer(graph);
    tracer.trace.putValue(Graph.INPUT, ChannelAxis.NONE);
    for (Node node : graph.nodes()) {
      tracer.trace.putValue(node.name(), tracer.result(node));
    }
    graph.outputs().forEach(output -> tracer.freeze(tracer.trace.value(output)));
    return tracer.trace;
  }

  private ChannelAxis result(Node node) {
    Op op = node.op();
    ChannelAxis in = trace.value(node.inputs().get(0));
    Shape shape = types.get(node.inputs().get(0)).shape();
    if (op instanceof Conv2d conv) {
      return conv(node.name(), conv, in);
    } else if (op instanceof Linear linear) {
      return linear(node.name(), linear, in, shape.rank() - 1);
    } else if (op instanceof BatchNorm norm) {
      int[] channels = channelsOn(in, 1, norm.channels());
      norm.stored().forEach(stored -> trace.putTensor(stored.tensor(), 0, channels));
      return new ChannelAxis(1, channels);
    } else if (op instanceof Arithmetic) {
      return arithmetic(node);
    } else if (op instanceof Concat concat) {
      return concat(node.inputs(), shape.axis(concat.axis()));
    } else if (op instanceof Flatten || op instanceof Reshape) {
      Shape after = types.get(node.name()).shape();
      return in == ChannelAxis.NONE ? in : orFrozen(in.reshaped(shape, after, ties), in);
    } else if (op instanceof Permute permute) {
      return in == ChannelAxis.NONE ? in : in.on(permute.axes().indexOf(in.axis()));
    } else if (op instanceof Slice slice) {
      return in.axis() == shape.axis(slice.axis()) ? part(in, slice) : in;
    } else if (op instanceof Mean mean) {
      return mean(mean, in, shape);
    } else if (op instanceof Softmax softmax) {
      return in.axis() == shape.axis(softmax.axis()) ? freeze(in) : in;
    } else if (op instanceof Pooling || op instanceof Pad) {
      return in.axis() == 1 ? in : freeze(in);
    } else if (op instanceof Activation || op instanceof Cast) {
      return in;
    }
    throw new IllegalArgumentException(
        "%s: %s cannot be pruned; prune the float network, then lower its precision"
            .formatted(node.name(), op.getClass().getSimpleName()));
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

  private ChannelAxis arithmetic(Node node) {
    ChannelAxis a = trace.value(node.inputs().get(0));
    ChannelAxis b = trace.value(node.inputs().get(1));
    Shape shapeA = types.get(node.inputs().get(0)).shape();
    Shape shapeB = types.get(node.inputs().get(1)).shape();
    boolean followed = a != ChannelAxis.NONE && b != ChannelAxis.NONE;
    if (followed && a.axis() == b.axis() && a.channels().length == b.channels().length) {
      ties.tie(a.channels(), b.channels());
      return a;
    } else if (a != ChannelAxis.NONE && shapeB.dim(a.axis()) == 1) {
      freeze(b);
      return a;
    } else if (b != ChannelAxis.NONE && shapeA.dim(b.axis()) == 1) {
      freeze(a);
      return b;
    }
    freeze(a);
    return freeze(b);
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

  private ChannelAxis part(ChannelAxis in, Slice slice) {
    int[] channels = Arrays.copyOfRange(in.channels(), slice.start(), slice.end());
    trace.addPart(channels);
    return new ChannelAxis(in.axis(), channels);
  }

  private ChannelAxis mean(Mean mean, ChannelAxis in, Shape shape) {
    List<Integer> axes = mean.axes().stream().map(shape::axis).toList();
    if (in == ChannelAxis.NONE || axes.contains(in.axis())) {
      return freeze(in);
    }
    int before = (int) axes.stream().filter(axis -> axis < in.axis()).count();
    return mean.keepDims() ? in : in.on(in.axis() - before);
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
    ties.freeze(channels);
    return channels;
  }

  private ChannelAxis orFrozen(Optional<ChannelAxis> followed, ChannelAxis before) {
    return followed.orElseGet(() -> freeze(before));
  }

  private ChannelAxis freeze(ChannelAxis value) {
    ties.freeze(value.channels());
    return ChannelAxis.NONE;
  }
}
