package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rebuilds a graph without the removed sets of channels. */
final class ChannelRemover {
  private final ChannelTrace trace;
  private final Set<Integer> removed;
  private final SharedVectors vectors;
  // Keeps tensors that nodes share shared, by what they are in the network as given.
  private final IdentityHashMap<Tensor, List<Tensor>> sliced = new IdentityHashMap<>();

  ChannelRemover(ChannelTrace trace, Set<Integer> removed, SharedVectors vectors) {
    this.trace = trace;
    this.removed = removed;
    this.vectors = vectors;
  }

  Graph remove() {
    Graph graph = vectors.unshared();
    return graph.withNodes(graph.nodes().stream().map(node -> node.with(without(node))).toList());
  }

  private Op without(Node node) {
    Op op = node.op();
    ChannelAxis channels = trace.value(node.name());
    if (op instanceof Conv2d conv) {
      return conv(conv);
    } else if (op instanceof GroupNorm norm && channels != ChannelAxis.NONE) {
      int perGroup = channels.channels().length / norm.groups();
      return new GroupNorm(
          keptIndices(channels).length / perGroup,
          norm.weight().map(this::slice),
          norm.bias().map(this::slice),
          norm.epsilon());
    } else if (op instanceof Reshape reshape && channels != ChannelAxis.NONE) {
      return reshape.with(channels.axis(), keptIndices(channels).length);
    }
    if (op instanceof Slice slice) {
      return slice(slice, trace.value(node.inputs().get(0)));
    }
    return op.withStored(this::slice); // takes its sizes from its input
  }

  private Slice slice(Slice slice, ChannelAxis channels) {
    if (channels.axis() != slice.axis()) {
      return slice;
    }
    int[] kept = keptIndices(channels);
    int start = (int) Arrays.stream(kept).filter(i -> i < slice.start()).count();
    int end = (int) Arrays.stream(kept).filter(i -> i < slice.end()).count();
    return new Slice(slice.axis(), start, end, slice.step());
  }

  private Conv2d conv(Conv2d conv) {
    Tensor weight = slice(conv.weight());
    int outPerGroup = conv.outChannels() / conv.groups();
    int groups = conv.groups() == 1 ? 1 : weight.shape().dim(0) / outPerGroup;
    return new Conv2d(weight, conv.bias().map(this::slice), conv.window(), groups);
  }

  private Tensor slice(Tensor whole) {
    List<Tensor> alike =
        sliced.computeIfAbsent(vectors.original(whole), tensor -> new ArrayList<>());
    Tensor slice = whole;
    for (ChannelAxis axis : trace.tensor(whole)) {
      slice = slice.select(axis.axis(), keptIndices(axis));
    }
    for (Tensor known : alike) {
      if (known.equals(slice)) {
        return known;
      }
    }
    alike.add(slice);
    return slice;
  }

  private int[] keptIndices(ChannelAxis axis) {
    int[] sets = trace.ties().roots(axis.channels());
    return IntStream.range(0, sets.length).filter(i -> !removed.contains(sets[i])).toArray();
  }
}
